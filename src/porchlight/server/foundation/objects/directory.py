"""Objects as files of one directory. What `append` has returned for is on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from porchlight.core.errors import NotFound
from porchlight.server.config.errors import SettingError
from porchlight.server.foundation.objects.store import PIECE, OffsetMismatch, checked, new_name


class DirectoryStore:
    """Objects as files of one directory, spread over 256 subdirectories."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self) -> str:
        name = new_name()
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
        copy = new_name()
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
        """Where the object lies. Raises NotFound for a name that is none of ours."""
        return self.root / checked(name)[:2] / name

    def names(self) -> Iterator[str]:
        yield from (path.name for path in self.root.glob("[0-9a-f][0-9a-f]/*") if path.is_file())

    def where(self, name: str) -> str:
        return str(self.path(name))

    def check(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            usable = os.access(self.root, os.R_OK | os.W_OK | os.X_OK)
        except OSError:
            usable = False
        if not usable:
            raise SettingError(
                f"PORCHLIGHT_STORAGE_URL: {self.root} must be a directory this user can write to"
            )

    def clear_unfinished(self, begun_before: datetime) -> int:
        del begun_before
        return 0  # an unfinished object is a file like any other, and goes with its row

    def _open(self, name: str, mode: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - one of two file types
        try:
            return self.path(name).open(mode)
        except FileNotFoundError as error:
            raise NotFound from error


def _pieces(file, start: int, end: int) -> Iterator[bytes]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
