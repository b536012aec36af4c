"""The harness catches each planted leak; a leak that it stops catching fails the build."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import DatabaseError
from tests.server.noninterference import base
from tests.server.noninterference.mutants import PAIRS
from tests.server.noninterference.trying import compare, differences
from tests.server.noninterference.world import run

pytestmark = pytest.mark.once  # of the harness itself
Mutant = Callable[[], AbstractContextManager[None]]
NAMES = [mutant.__name__ for mutant in PAIRS]


@pytest.mark.parametrize("mutant", PAIRS, ids=NAMES)
def test_a_planted_leak_is_caught(mutant: Mutant, ground: base.Ground, tmp_path: Path) -> None:
    """Without the leak the two worlds are alike; with it they differ."""
    low, left, right = PAIRS[mutant]
    [one] = run(ground, low, left, tmp_path / "1")
    [other] = run(ground, low, right, tmp_path / "2")
    assert differences(one, other) == []
    with mutant():
        try:
            [one] = run(ground, low, left, tmp_path / "3")
            [other] = run(ground, low, right, tmp_path / "4")
        except DatabaseError as error:
            # The wall in the database stood in the way of this one before it could show anything.
            assert re.search("prohibited|permission denied", str(error))  # noqa: PT017 - of SQLite and PostgreSQL
            return
    assert differences(one, other) != []


@pytest.mark.long
@pytest.mark.parametrize("mutant", PAIRS, ids=NAMES)
def test_a_planted_leak_is_found_by_drawing_worlds(
    mutant: Mutant, ground: base.Ground, tmp_path: Path
) -> None:
    """Nobody tells the harness where to look."""
    with mutant(), pytest.raises(AssertionError):
        compare(ground, tmp_path / "worlds", examples=120)
