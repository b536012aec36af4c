"""One share on the disk: `CASE/SHARE.mp4` and beside it `SHARE.json`, which is written last.

Invariants: a file that bears its final name is whole and was checked; a sidecar exists only beside such a file; parts
are named after the ciphertext they are of, so that two never mix.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from porchlight.seal.errors import SealError
from porchlight.seal.keys import Identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.opening import OpenedFile, open_stream

_SUFFIX: Final = {
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
    "video/mp2t": ".ts",
    "video/x-msvideo": ".avi",
}
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]|^\.+")
_READ: Final = 1024 * 1024


class Place:
    """Where one share lies under `out`."""

    def __init__(self, out: Path, case_number: str, share_id: str) -> None:
        self._directory = out / (_ODD.sub("_", case_number) or "no-case")
        self._name = _ODD.sub("_", share_id)
        self.sidecar = self._directory / f"{self._name}.json"

    def known(self) -> dict[str, Any] | None:
        """The sidecar, if the share was fetched whole before and its file still is."""
        try:
            found = json.loads(self.sidecar.read_text(encoding="utf-8"))
            file = self._directory / found["file"]
            whole = file.stat().st_size == found["manifest"]["original"]["plain_size"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if whole and isinstance(found, dict) else None

    def part(self, sealed_sha256: str) -> Path:
        """Where the ciphertext gathers until it is whole."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._directory / f".{self._name}.{sealed_sha256[:16]}.part"

    def open_into(self, part: Path, clip: Identity, manifest: Manifest) -> Path:
        """The opened video under its final name, synced. Raises SealError if it is not what its owner signed."""
        target = self._directory / (self._name + _SUFFIX[manifest.media_type])
        unfinished = self._directory / f".{self._name}.opening"
        try:
            with part.open("rb") as sealed, unfinished.open("wb") as plain:
                opened = open_stream(sealed, plain, clip)
                plain.flush()
                os.fsync(plain.fileno())
            if opened != OpenedFile(manifest.original.plain_sha256, manifest.original.plain_size):
                raise SealError("other_clip", "the opened file is not the one that its owner signed")
            unfinished.replace(target)
            _sync(self._directory)
        finally:
            unfinished.unlink(missing_ok=True)
        part.unlink()
        return target

    def write_sidecar(self, facts: Mapping[str, Any]) -> None:
        """Put the facts beside the video, whole or not at all."""
        unfinished = self.sidecar.with_name(f".{self.sidecar.name}.new")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(facts, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.sidecar)
        _sync(self._directory)


def gather(part: Path, pieces: Iterable[bytes], most: int) -> int:
    """Add what comes to a part, synced at the end however it ends; returns its size. Never more than `most` bytes."""
    with part.open("ab") as file:
        size = file.tell()
        try:
            for piece in pieces:
                size += len(piece)
                if size > most:
                    raise SealError("tampered", "more bytes came than the sealed file has")
                file.write(piece)
        finally:
            file.flush()
            os.fsync(file.fileno())
    return size


def sha256_of(path: Path) -> str:
    """The fingerprint of a file, in constant memory."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_READ):
            digest.update(piece)
    return digest.hexdigest()


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
