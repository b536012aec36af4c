"""Opening: from age files and secrets to plaintext. For the owner's hub, the officer's side and the walkthrough.

The server never imports this module; the build checks that no chain of imports leads here from it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

import pyrage

from porchlight.seal.envelope import Envelope, read_envelope
from porchlight.seal.errors import SealError
from porchlight.seal.grant import Grant, read_grant
from porchlight.seal.keys import Identity, read_identity
from porchlight.seal.passphrase import normalise

_NO_KEY_FITS: Final = frozenset({"No matching keys found"})
_NOT_AGE: Final = frozenset(
    {"Header is invalid", "Incomplete header", "failed to fill whole buffer", "Unknown age format"}
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """SHA-256 (lower-case hexadecimal) and size in bytes of the plaintext."""

    plain_sha256: str
    plain_size: int


def open_bytes(sealed: bytes, identity: Identity) -> bytes:
    """The plaintext of an age file, armored or not. Raises SealError "wrong_key" or "tampered"."""
    try:
        return cast("bytes", pyrage.decrypt(sealed, [_known(identity)]))
    except pyrage.DecryptError as error:
        raise _refusal(error) from error


def open_stream(sealed: IO[bytes], plain: IO[bytes], identity: Identity) -> OpenedFile:
    """Open from one binary stream into another, in constant memory and without holding the interpreter lock.

    What reached `plain` is worth nothing unless this returns: a file cut short is noticed at its end only.
    """
    writer = _Writer(plain)
    try:
        pyrage.decrypt_io(sealed, writer, [_known(identity)])
    except pyrage.DecryptError as error:
        raise _refusal(error) from error
    except OSError as error:
        if (
            error.errno is not None
        ):  # the disk's own error; pyrage reports a false chunk as one without a number
            raise
        raise SealError("tampered", "a chunk is not authentic") from error
    return OpenedFile(plain_sha256=writer.sha256.hexdigest(), plain_size=writer.size)


def open_file(source: Path, target: Path, identity: Identity) -> OpenedFile:
    """Open a file. `target` appears, synced, only when all of it was found authentic."""
    unfinished = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as sealed, unfinished.open("wb") as plain:
            opened = open_stream(sealed, plain, identity)
            plain.flush()
            os.fsync(plain.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return opened


def open_grant(sealed: bytes, household: Identity) -> Grant:
    """The grant, with its manifest's signature checked. `household` may be H or the recovery identity R."""
    return read_grant(open_bytes(sealed, household))


def open_envelope(sealed: bytes, q: Identity, *, request: str) -> Envelope:
    """The envelope, checked to be for this video request and this key. `request` is the request's UUID."""
    return read_envelope(open_bytes(sealed, q), request=request, recipient=q.recipient)


def unwrap_identity(wrapped: str | bytes, by: Identity, *, recipient: str | None = None) -> Identity:
    """The identity that was wrapped to `by`; refused as "other_recipient" if its public half is not `recipient`."""
    return _unwrapped(open_bytes(wrapped.encode() if isinstance(wrapped, str) else wrapped, by), recipient)


def unwrap_with_passphrase(wrapped: str, passphrase: str, *, recipient: str | None = None) -> Identity:
    """The identity under a passphrase, as typed. Raises SealError "wrong_passphrase"."""
    try:
        plain = pyrage.passphrase.decrypt(wrapped.encode(), normalise(passphrase))
    except pyrage.DecryptError as error:
        if str(error) == "Decryption failed":
            raise SealError("wrong_passphrase") from error
        raise _refusal(error) from error
    return _unwrapped(cast("bytes", plain), recipient)


def _unwrapped(plain: bytes, recipient: str | None) -> Identity:
    identity = read_identity(plain.decode("ascii", "replace"))
    if recipient is not None and identity.recipient != recipient:
        raise SealError("other_recipient", "the wrapped identity has another public half")
    return identity


def _known(identity: Identity) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity.secret)


def _refusal(error: pyrage.DecryptError) -> SealError:
    said = str(error)
    if said in _NO_KEY_FITS:
        return SealError("wrong_key", "no stanza of the file fits this identity")
    if said in _NOT_AGE or said.startswith("invalid armor"):
        return SealError("malformed", "not an age file")
    return SealError("tampered", "header or payload is not authentic")


class _Writer:
    """Hashes and counts the plaintext on its way out."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        self.sha256.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
