"""The drawn clips as files, rendered once and kept. Rendering is work for the processor: each scene has a process."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import active_children, get_context
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from porchlight.demo import scenes

WANTED: Final = (
    scenes.VAN_STOPS,
    scenes.PARCEL_LEFT,
    scenes.PERSON_WALKS,
    scenes.CAR_PASSES,
    scenes.CAT_ON_STEPS,
)
"""What the fill needs, in the order in which it needs it."""
_RECORDED: Final = datetime(2026, 1, 1, tzinfo=UTC)


class ClipShelf:
    """The clips of a directory; a context manager. What is missing is drawn in the background, in the order given."""

    def __init__(self, directory: Path, wanted: Iterable[scenes.Scene] = WANTED) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._wanted = tuple(wanted)
        self._coming: dict[str, Future[Path]] = {}
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        missing = [scene for scene in self._wanted if not path_of(self.directory, scene.key).exists()]
        if missing:
            # A fresh interpreter each: nothing of this process is carried over.
            count = min(os.cpu_count() or 1, len(missing))
            self._pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_end_quietly)
        for scene in missing:
            assert self._pool is not None  # noqa: S101 - made above
            self._coming[scene.key] = self._pool.submit(draw, scene.key, self.directory)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=kind is not None)
            for child in active_children() if kind is not None else ():
                child.terminate()  # what is half drawn is drawn anew

    def path(self, key: str) -> Path:
        """The file of a scene; waits while it is drawn."""
        coming = self._coming.get(key)
        return coming.result() if coming is not None else path_of(self.directory, key)


def path_of(directory: Path, key: str) -> Path:
    """Where the clip of a scene lies, whether or not it was drawn yet."""
    return directory / f"{key}-{_drawn_by()}.mp4"


def draw(key: str, directory: Path) -> Path:
    """Render one scene; the file appears when it is whole."""
    scene = {each.key: each for each in scenes.SCENES}[key]
    path = path_of(directory, key)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.mp4")
    scenes.render(scene, unfinished, recorded_at=_RECORDED)
    unfinished.replace(path)
    return path


def _end_quietly() -> None:
    """Ctrl-C reaches the whole group of processes; only the command itself answers it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _drawn_by() -> str:
    """A short name of the drawing's own code: a clip that older code drew is drawn anew."""
    digest = hashlib.sha256()
    for source in sorted(Path(scenes.__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:8]
