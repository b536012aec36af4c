"""What the demo keeps in its data directory, and the note there that says the directory is a demo's.

Invariants: no other platform's data is ever filled or deleted; nobody outside this installation knows the password of
its demo people, because it is drawn when the demo is filled.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

NOTE: Final = "demo.json"
MAIL: Final = "demo-mail"
CLIPS: Final = "demo-clips"
DATABASE: Final = "porchlight.sqlite3"
_MADE: Final = (
    DATABASE,
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    "objects",
    MAIL,
    "map.geojson",
    "addresses.csv",
    "log.key",
    "secret.key",
    "web.log",
    "worker.log",
    NOTE,
)


class NotADemo(Exception):
    """The directory holds a platform that the demo did not make. The message says what to do."""


@dataclass(frozen=True)
class DemoNote:
    """`people`: each demo person's key and account id. It is whole once the town is filled in."""

    filled: bool
    password: str = field(repr=False)
    people: Mapping[str, str] = field(default_factory=dict)


def read_note(data_dir: Path) -> DemoNote | None:
    """The note of this directory; None where there is none."""
    try:
        found = json.loads((data_dir / NOTE).read_text())
    except FileNotFoundError:
        return None
    return DemoNote(filled=found["filled"], password=found["password"], people=found["people"])


def begin(data_dir: Path) -> DemoNote:
    """Make the directory a demo's, or go on with one: what a fill that was broken off has left is removed first.

    Raises NotADemo.
    """
    note = read_note(data_dir)
    if note is not None and note.filled:
        return note
    clear(data_dir)
    note = DemoNote(filled=False, password=f"porch-{secrets.token_hex(5)}")
    write_note(data_dir, note)
    return note


def write_note(data_dir: Path, note: DemoNote) -> None:
    """Write the note whole or not at all, for this user alone."""
    data_dir.mkdir(parents=True, exist_ok=True)
    draft = data_dir / f".{NOTE}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"filled": note.filled, "password": note.password, "people": dict(note.people)}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(data_dir / NOTE)


def clear(data_dir: Path) -> None:
    """Delete what the demo made here, and nothing else; the drawn clips stay, they are the same each time.

    Raises NotADemo where a database stands that no demo made.
    """
    if read_note(data_dir) is None:
        if (data_dir / DATABASE).exists():
            raise NotADemo(
                f"{data_dir} holds a platform that is not a demo; name another directory: PORCHLIGHT_DATA_DIR=…"
            )
        return
    for name in _MADE:  # the note goes last: a deletion that is broken off is taken up again
        path = data_dir / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
