"""P2: two worlds with the same visible acts look the same to the agency, to its officers in private, and to the public."""

from pathlib import Path

import pytest
from django.db import connection
from tests.server.noninterference import base, doors
from tests.server.noninterference.trying import compare
from tests.server.noninterference.world import run


def test_an_agency_sees_the_same_whatever_owners_do_in_private(ground: base.Ground, tmp_path: Path) -> None:
    compare(ground, tmp_path / "worlds", examples=2 if connection.vendor == "postgresql" else 5)


@pytest.mark.long
def test_an_agency_sees_the_same_in_two_hundred_pairs_of_worlds(ground: base.Ground, tmp_path: Path) -> None:
    compare(ground, tmp_path / "worlds", examples=100)


def test_a_share_is_seen(ground: base.Ground, tmp_path: Path) -> None:
    """The harness is not blind: a visible act changes what the doors show."""
    [without] = run(ground, [("wait", 30)], [], tmp_path / "a")
    [with_share] = run(ground, [("wait", 30), ("share", "L1")], [], tmp_path / "b")
    assert with_share["officer /shared/"][0] == 200
    assert without["officer /shared/"] != with_share["officer /shared/"]
    assert len(with_share["mail to the agency"]) > len(without["mail to the agency"])


def test_a_program_is_let_in(ground: base.Ground, tmp_path: Path) -> None:
    """The harness looks through the API's doors from inside."""
    [seen] = run(ground, [("wait", 30), ("share", "L1")], [], tmp_path / "a")
    assert seen["program /api/v1/shares"][0] == 200
    assert b'"sealed_sha256"' in seen["program /api/v1/shares"][2]


def test_the_private_home_is_asked(ground: base.Ground, tmp_path: Path) -> None:
    [seen] = run(ground, [("wait", 30)], [], tmp_path / "a")
    assert len(seen["mail to the private home"]) == 1


def test_every_door_of_the_agency_is_looked_through(ground: base.Ground, tmp_path: Path) -> None:
    [seen] = run(ground, [("wait", 30), ("share", "L1")], [], tmp_path / "a")
    looked = {door.removeprefix("officer ") for door in seen if door.startswith("officer ")}
    for path in doors.paths("agency"):
        start = path.partition("<")[0]
        assert any(each.startswith(start) for each in looked), path
