"""Sealing: from plaintext and public keys to age files. Needs no secret and can open nothing, so the server may."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyrage

from porchlight.seal.errors import SealError
from porchlight.seal.payload import MAX_HEAD, split_header


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What a manifest says of one object: SHA-256 (lower-case hexadecimal) and size in bytes, plain and sealed."""

    plain_sha256: str
    plain_size: int
    sealed_sha256: str
    sealed_size: int


def seal_bytes(plain: bytes, recipients: Sequence[str], *, armored: bool = False) -> bytes:
    """An age file of `plain` for every recipient (`age1…`); with `armored` as ASCII text."""
    return cast("bytes", pyrage.encrypt(plain, _recipients(recipients), armored=armored))


def seal_stream(plain: IO[bytes], sealed: IO[bytes], recipients: Sequence[str]) -> tuple[SealedFile, bytes]:
    """Seal from one binary stream into another, in constant memory and without holding the interpreter lock.

    Returns the description for the manifest and the file's head (header and nonce).
    """
    reader, writer = _Reader(plain), _Writer(sealed)
    pyrage.encrypt_io(reader, writer, _recipients(recipients))
    head = split_header(bytes(writer.beginning))
    if head is None:
        raise SealError("malformed", "the sealed file has no head")
    described = SealedFile(
        plain_sha256=reader.sha256.hexdigest(),
        plain_size=reader.size,
        sealed_sha256=writer.sha256.hexdigest(),
        sealed_size=writer.size,
    )
    return described, head.data


def seal_file(source: Path, target: Path, recipients: Sequence[str]) -> tuple[SealedFile, bytes]:
    """Seal a file. `target` appears, synced, only when it is whole."""
    unfinished = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as plain, unfinished.open("wb") as sealed:
            result = seal_stream(plain, sealed, recipients)
            sealed.flush()
            os.fsync(sealed.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return result


def wrap_identity(secret: str, recipients: Sequence[str]) -> str:
    """An identity's secret, as an armored age file for every recipient: an identity file the `age` command reads."""
    return seal_bytes(f"{secret}\n".encode(), recipients, armored=True).decode("ascii")


def _recipients(recipients: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if not recipients:
        raise SealError("malformed", "no recipient")
    try:
        return [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise SealError("malformed", "not an age recipient") from error


class _Passing:
    """Counts and hashes what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()
        self.size = 0

    def _count(self, data: bytes) -> None:
        self.sha256.update(data)
        self.size += len(data)


class _Reader(_Passing):
    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._count(data)
        return data


class _Writer(_Passing):
    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)
        self.beginning = bytearray()

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        self._count(data)
        if len(self.beginning) < MAX_HEAD:
            self.beginning += data[: MAX_HEAD - len(self.beginning)]
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
