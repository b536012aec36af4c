"""Sealing: from plaintext and public keys to age files. Needs no secret and can open nothing, so the server may."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from porchlight.seal.conveyor import Conveyor, Passing, Source
from porchlight.seal.errors import SealError
from porchlight.seal.header import FILE_KEY, make_header, payload_key
from porchlight.seal.payload import CHUNK, NONCE, SEALED_CHUNK, TAG


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


def seal_stream(plain: Source, sealed: IO[bytes], recipients: Sequence[str]) -> tuple[SealedFile, bytes]:
    """Seal from one binary stream into another, in constant memory and without holding the interpreter lock.

    Returns the description for the manifest and the file's head (header and nonce). Each call draws a key of its own,
    so no two chunks are ever sealed under one key and nonce.
    """
    file_key, nonce = secrets.token_bytes(FILE_KEY), secrets.token_bytes(NONCE)
    head = make_header(file_key, recipients) + nonce
    cipher = ChaCha20Poly1305(payload_key(file_key, nonce))
    before, after = Passing(), Passing(sealed)
    after.take(head)

    def seal(chunk_nonce: bytes, chunk: memoryview, room: memoryview) -> int:
        return cipher.encrypt_into(chunk_nonce, chunk, None, room[: len(chunk) + TAG])

    Conveyor(CHUNK, SEALED_CHUNK, before.take, seal, after.take).carry(plain)
    described = SealedFile(
        plain_sha256=before.sha256,
        plain_size=before.size,
        sealed_sha256=after.sha256,
        sealed_size=after.size,
    )
    return described, head


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
