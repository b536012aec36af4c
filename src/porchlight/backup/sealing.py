"""Files of a backup, in plain or sealed to an age recipient while they are written: no plain copy touches the disk."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import pyrage

from porchlight.backup.layout import SEALED, BackupError


class _Summing:
    """A file that knows the sum of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sum.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def recipient(text: str) -> Any:
    """Raises BackupError for what is no age recipient."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BackupError(f"{text} is no age recipient: it begins with age1") from error


def identities(path: Path) -> list[Any]:
    """The identities of an `age-keygen` file. Raises BackupError."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupError(f"{path} holds no age identity") from error
    return found


def write(path: Path, parts: Iterable[bytes], to: Any | None) -> tuple[Path, str]:
    """Write `path`, or its sealed form beside that name; on the disk when this returns. Gives its name and sum."""
    final = path.with_name(path.name + SEALED) if to else path
    descriptor = os.open(final, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        target = _Summing(file)
        if to is None:
            for part in parts:
                target.write(part)
        else:
            pyrage.encrypt_io(_Flow(parts), target, [to])
        file.flush()
        os.fsync(file.fileno())
    return final, target.sum.hexdigest()


def read(path: Path, keys: list[Any]) -> Iterator[bytes]:
    """The lines of a file that `write` made under this name. Raises BackupError where it is sealed and no key opens it."""
    if path.exists():
        with path.open("rb") as file:
            yield from file
        return
    sealed = path.with_name(path.name + SEALED)
    if not keys:
        raise BackupError(f"{sealed} is sealed: name the file with its age identity (--identity FILE)")
    reading, writing = os.pipe()
    failed: list[Exception] = []

    def open_it() -> None:
        with os.fdopen(writing, "wb") as target, sealed.open("rb") as source:
            try:
                pyrage.decrypt_io(source, target, keys)
            except (pyrage.DecryptError, OSError) as error:
                failed.append(error)

    thread = threading.Thread(target=open_it)
    thread.start()
    with os.fdopen(reading, "rb") as lines:
        yield from lines
    thread.join()
    if failed:
        raise BackupError(f"{sealed} does not open with this identity: {failed[0]}") from failed[0]


class _Flow:
    """Parts as a file that is read while they come."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self.parts = iter(parts)
        self.rest = b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.rest) < size:
            part = next(self.parts, None)
            if part is None:
                break
            self.rest += part
        size = len(self.rest) if size < 0 else size
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece
