"""A small installation with something of everything that a backup must keep: rows, objects, keys, the public log."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from tests.faults.installation import run_script

from porchlight.instance.platform import Platform

FILL = Path(__file__).with_name("fill.py")
CLIPS = 12


def empty(directory: Path, backend: ModuleType) -> Platform:
    """An installation that nothing was put into, not even tables."""
    data = directory / "data"
    data.mkdir(parents=True, mode=0o700)
    return Platform(data, 0, 0, backend.installation(data, migrated=False))


@pytest.fixture(scope="module")
def filled(tmp_path_factory, backend: ModuleType) -> Platform:
    made = empty(tmp_path_factory.mktemp("filled"), backend)
    made.command("migrate")
    run_script(made, FILL, str(CLIPS))
    return made


@pytest.fixture(scope="module")
def taken(filled: Platform, tmp_path_factory) -> Path:
    """A backup of it."""
    target = tmp_path_factory.mktemp("backups")
    return Path(filled.command("backup", str(target)).splitlines()[-1])
