"""Names inside a backup, its list of sums, and the errors of this package."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from porchlight.core.errors import PorchlightError

FORMAT = 1
MANIFEST, ROWS, FILES, OBJECTS, SUMS = "manifest.json", "rows.jsonl", "files.json", "objects", "SHA256SUMS"
SEALED = ".age"
NAME = re.compile(r"porchlight-\d{8}T\d{6}Z")
PARTIAL = ".partial-"
_PIECE = 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class BackupError(PorchlightError):
    """A backup cannot be made or taken in. One line that says what to do."""


def object_path(root: Path, name: str) -> Path:
    """Where an object lies inside a backup."""
    return root / OBJECTS / name[:2] / name


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def files_of(root: Path) -> Iterator[Path]:
    """Every file of a backup but the list of sums."""
    return (path for path in sorted(root.rglob("*")) if path.is_file() and path != root / SUMS)


def write_sums(root: Path, known: dict[str, str]) -> None:
    """The list of all files; `known` are sums that were taken while the file was written."""
    lines = []
    for path in files_of(root):
        name = path.relative_to(root).as_posix()
        lines.append(f"{known.get(name) or digest(path)}  {name}\n")
    write_synced(root / SUMS, "".join(lines).encode())


def check_sums(root: Path) -> None:
    """Raises BackupError for the first file that is not as it was written, is missing, or was added."""
    try:
        text = (root / SUMS).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{root} is no backup: it has no readable {SUMS}") from error
    wanted: dict[str, str] = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            raise BackupError(f"{SUMS} of {root} is damaged: take another backup")
        wanted[found[2]] = found[1]
    there = {path.relative_to(root).as_posix() for path in files_of(root)}
    if odd := sorted(there ^ wanted.keys()):
        raise BackupError(
            f"{odd[0]} is {'not in the list' if odd[0] in there else 'missing'}: take another backup"
        )
    for name, expected in wanted.items():
        if digest(root / name) != expected:
            raise BackupError(f"{name} is damaged: take another backup")


def write_synced(path: Path, data: bytes) -> None:
    """A new file that its user alone may read, on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_tree(root: Path) -> None:
    """Make the directories themselves durable."""
    for directory in [root, *(path for path in root.rglob("*") if path.is_dir())]:
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
