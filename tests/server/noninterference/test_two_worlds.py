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


def test_the_harness_is_not_blind(ground: base.Ground, tmp_path: Path) -> None:
    """A visible act changes what the doors show; programs are let in; every door is looked through."""
    [without] = run(ground, [("wait", 30)], [], tmp_path / "a")
    [seen] = run(ground, [("wait", 30), ("share", "L1")], [], tmp_path / "b")
    assert len(without["mail to the private home"]) == 1
    assert seen["officer /shared/"][0] == 200
    assert without["officer /shared/"] != seen["officer /shared/"]
    assert len(seen["mail to the agency"]) > len(without["mail to the agency"])
    assert seen["program /api/v1/shares"][0] == 200
    assert b'"sealed_sha256"' in seen["program /api/v1/shares"][2]
    looked = {door.removeprefix("officer ") for door in seen if door.startswith("officer ")}
    for path in doors.paths("agency"):
        start = path.partition("<")[0]
        assert any(each.startswith(start) for each in looked), path
