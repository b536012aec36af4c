"""The object store: ciphertext only, under random names.

Invariants: what `append` has returned for is on the disk; a name is never reused; a reader never sees a part that was
not yet acknowledged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from porchlight.core.errors import NotFound
from porchlight.server.foundation import randomness

_READ = 256 * 1024


class OffsetMismatch(Exception):
    """The part does not begin where the object ends; `size` is where it ends."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the object ends at {size}")
        self.size = size


class ObjectStore(Protocol):
    """Objects by name; sizes and offsets in bytes."""

    def create(self) -> str:
        """Make an empty object and return its random name."""

    def append(self, name: str, offset: int, parts: Iterable[bytes], limit: int) -> int:
        """Add `parts` at `offset`, never past `limit`; return the new size. Raises OffsetMismatch, NotFound."""

    def size(self, name: str) -> int:
        """Raises NotFound."""

    def read(self, name: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes `start` up to but not including `end`. Raises NotFound before the first byte."""

    def copy(self, name: str) -> str:
        """A second object with the same bytes under a new random name."""

    def delete(self, name: str) -> None:
        """Remove the object; an absent one is fine."""


class DirectoryStore:
    """Objects as files of one directory, spread over 256 subdirectories."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self) -> str:
        name = randomness.token_bytes(16).hex()
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            os.fsync(file.fileno())
        _sync_directory(path.parent)
        return name

    def append(self, name: str, offset: int, parts: Iterable[bytes], limit: int) -> int:
        with self._open(name, "r+b") as file:
            size: int = file.seek(0, os.SEEK_END)
            if size != offset:
                raise OffsetMismatch(size)
            for part in parts:
                room = limit - size
                file.write(part[:room])
                size += min(len(part), room)
                if len(part) > room:
                    break
            file.flush()
            os.fsync(file.fileno())
        return size

    def size(self, name: str) -> int:
        try:
            return self.path(name).stat().st_size
        except FileNotFoundError as error:
            raise NotFound from error

    def read(self, name: str, start: int, end: int) -> Iterator[bytes]:
        file = self._open(name, "rb")
        return _pieces(file, start, end)

    def copy(self, name: str) -> str:
        # A second name for the same bytes: at once, whatever the size. Whole objects are never appended to.
        copy = randomness.token_bytes(16).hex()
        target = self.path(copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.path(name), target)
        except FileNotFoundError as error:
            raise NotFound from error
        _sync_directory(target.parent)
        return copy

    def delete(self, name: str) -> None:
        path = self.path(name)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_directory(path.parent)

    def path(self, name: str) -> Path:
        """Where the object lies. The name is one of ours: hexadecimal digits only."""
        if len(name) != 32 or not set(name) <= set("0123456789abcdef"):  # noqa: PLR2004 - 16 bytes in hexadecimal
            raise NotFound
        return self.root / name[:2] / name

    def _open(self, name: str, mode: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - one of two file types
        try:
            return self.path(name).open(mode)
        except FileNotFoundError as error:
            raise NotFound from error


@cache
def object_store() -> ObjectStore:
    """The store that PORCHLIGHT_STORAGE_URL names."""
    parts = urlsplit(settings.PORCHLIGHT.storage_url)
    if parts.scheme != "file":
        raise NotImplementedError("PORCHLIGHT_STORAGE_URL must begin with file:/// in this version")
    return DirectoryStore(Path(unquote(parts.path)))


def _pieces(file, start: int, end: int) -> Iterator[bytes]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(_READ, left))):
            left -= len(piece)
            yield piece


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
