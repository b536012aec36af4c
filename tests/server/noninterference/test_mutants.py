"""The harness catches each planted leak; a leak that it stops catching fails the build."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from tests.server.noninterference import base
from tests.server.noninterference.acts import Act
from tests.server.noninterference.mutants import PAIRS, Hidden
from tests.server.noninterference.trying import compare, differences
from tests.server.noninterference.world import run

pytestmark = pytest.mark.once  # of the harness itself
Mutant = Callable[[], AbstractContextManager[None]]
NAMES = [mutant.__name__ for mutant in PAIRS]


def test_without_a_leak_the_worlds_of_each_pair_are_alike(ground: base.Ground, tmp_path: Path) -> None:
    """So what differs below is the leak's doing."""
    seen: list[tuple[tuple[list[Act], Hidden], dict[str, Any]]] = []

    def once(low: list[Act], hidden: Hidden) -> dict[str, Any]:
        for played, look in seen:
            if played == (low, hidden):
                return look
        [look] = run(ground, low, hidden, tmp_path / str(len(seen)))
        seen.append(((low, hidden), look))
        return look

    for low, left, right in PAIRS.values():
        assert differences(once(low, left), once(low, right)) == []


@pytest.mark.parametrize("mutant", PAIRS, ids=NAMES)
def test_a_planted_leak_is_caught(mutant: Mutant, ground: base.Ground, tmp_path: Path) -> None:
    low, left, right = PAIRS[mutant]
    with mutant():
        try:
            [one] = run(ground, low, left, tmp_path / "1")
            [other] = run(ground, low, right, tmp_path / "2")
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
        compare(ground, tmp_path / "worlds", examples=80)
