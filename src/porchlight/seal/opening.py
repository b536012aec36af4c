"""Opening: from age files and secrets to plaintext. For the owner's hub, the officer's side and the walkthrough.

The server never imports this module; the build checks that no chain of imports leads here from it.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from porchlight.seal.conveyor import Conveyor, Passing, Source
from porchlight.seal.envelope import Envelope, read_envelope
from porchlight.seal.errors import SealError
from porchlight.seal.grant import Grant, read_grant
from porchlight.seal.header import WRAP_INFO, WRAP_NONCE, bech32_key, derived, payload_key
from porchlight.seal.keys import Identity, read_identity
from porchlight.seal.passphrase import normalise
from porchlight.seal.payload import CHUNK, MAX_HEAD, SEALED_CHUNK, TAG, Head, split_header

_NO_KEY_FITS: Final = frozenset({"No matching keys found"})
_NOT_AGE: Final = frozenset(
    {"Header is invalid", "Incomplete header", "failed to fill whole buffer", "Unknown age format"}
)
# What pyrage says of a head alone, when it is authentic and made for the identity.
_ONLY_PAYLOAD_MISSING: Final = "age file is truncated"
_X25519: Final = re.compile(rb"^-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n", re.MULTILINE)


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


def open_stream(sealed: Source, plain: IO[bytes], identity: Identity) -> OpenedFile:
    """Open from one binary stream into another, in constant memory and without holding the interpreter lock.

    What reached `plain` is worth nothing unless this returns: a file cut short is noticed at its end only.
    """
    head, payload = _split(sealed)
    cipher = ChaCha20Poly1305(payload_key(_file_key(head, identity), head.nonce))
    opened = Passing(plain)

    def open_(nonce: bytes, chunk: memoryview, room: memoryview) -> int:
        size = len(chunk) - TAG
        # An empty chunk is legal only as the sole one.
        if size < 0 or (size == 0 and any(nonce[:-1])):
            raise SealError("tampered", "a chunk is cut short")
        try:
            return cipher.decrypt_into(nonce, chunk, None, room[:size])
        except InvalidTag as error:
            raise SealError("tampered", "a chunk is not authentic") from error

    Conveyor(SEALED_CHUNK, CHUNK, lambda _: None, open_, opened.take).carry(payload)
    return OpenedFile(plain_sha256=opened.sha256, plain_size=opened.size)


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


def _split(sealed: Source) -> tuple[Head, Source]:
    """The head, and what of the file follows it."""
    buffer = memoryview(bytearray(MAX_HEAD))
    size = 0
    while size < MAX_HEAD and (count := sealed.readinto(buffer[size:])):
        size += count
    head = split_header(bytes(buffer[:size]))
    if head is None:
        raise SealError("malformed", "not an age file")
    return head, _Rest(buffer[head.payload_start : size], sealed)


def _file_key(head: Head, identity: Identity) -> bytes:
    """The file's key. pyrage judges the header first, all of it; what is left is to unwrap the stanza that fits."""
    try:
        pyrage.decrypt(head.data, [_known(identity)])
    except pyrage.DecryptError as error:
        if str(error) != _ONLY_PAYLOAD_MISSING:
            raise _refusal(error) from error
    private = X25519PrivateKey.from_private_bytes(bech32_key(identity.secret))
    public = private.public_key().public_bytes_raw()
    for share, wrapped in _X25519.findall(head.header):
        point = b64decode(share + b"=")
        wrapping = derived(
            private.exchange(X25519PublicKey.from_public_bytes(point)), salt=point + public, info=WRAP_INFO
        )
        try:
            return ChaCha20Poly1305(wrapping).decrypt(WRAP_NONCE, b64decode(wrapped + b"="), None)
        except InvalidTag:
            continue
    raise SealError("wrong_key", "no stanza of the file fits this identity")


class _Rest:
    """What was read too far, and then the stream behind it."""

    def __init__(self, ahead: memoryview, stream: Source) -> None:
        self._ahead = ahead
        self._stream = stream

    def readinto(self, buffer: memoryview, /) -> int:
        if not self._ahead:
            return self._stream.readinto(buffer)
        count = min(len(buffer), len(self._ahead))
        buffer[:count] = self._ahead[:count]
        self._ahead = self._ahead[count:]
        return count
