"""Each hidden act by itself, in the first gap and after the owners were asked: the doors show nothing of it."""

from pathlib import Path

import pytest
from tests.server.noninterference import acts, base
from tests.server.noninterference.trying import differences
from tests.server.noninterference.world import run

TRACE = [("wait", 30), ("share", "L1"), ("open_share", 0)]
OF_THE_HOUSEHOLD = (
    "invite_and_join",
    "remove_somebody",
    "make_or_change_key",
    "move_house",
    "choose_mail",
    "end_sign_ins",
    "export_all",
    "delete_account",
)


def test_the_acts_of_a_household_are_invisible(ground: base.Ground, tmp_path: Path) -> None:
    """All of them in one world, twice over, and none in the other: a leak of any one is a difference."""
    busy = [(name, "H1") for name in (*OF_THE_HOUSEHOLD, *OF_THE_HOUSEHOLD)]
    [quiet] = run(ground, TRACE, [], tmp_path / "a")
    [loud] = run(ground, TRACE, [busy, busy, busy], tmp_path / "b")
    assert differences(quiet, loud) == []


def test_every_act_of_a_household_is_drawn(ground: base.Ground) -> None:
    assert set(OF_THE_HOUSEHOLD) <= set(acts.HIGH)


@pytest.mark.parametrize("home", base.VISIBLE)
def test_a_visible_homes_mail_choice_and_key_are_invisible_too(
    home: str, ground: base.Ground, tmp_path: Path
) -> None:
    hidden = [("choose_mail", home), ("make_or_change_key", home), ("invite_and_join", home)]
    [quiet] = run(ground, TRACE, [], tmp_path / "a")
    [loud] = run(ground, TRACE, [[], hidden, hidden], tmp_path / "b")
    assert differences(quiet, loud) == []
