from collections.abc import Iterator

import pytest
from tests.server.video_requests import town

from porchlight.core.visibility import Actor
from porchlight.server.foundation.clock import use_clock


@pytest.fixture
def clock(db: None) -> Iterator[town.Clock]:
    moved = town.Clock()
    with use_clock(moved):
        yield moved


@pytest.fixture
def agents(clock: town.Clock) -> town.Agents:
    return town.make_agency()


@pytest.fixture
def strangers(clock: town.Clock) -> town.Agents:
    return town.make_agency("WI0990200")


@pytest.fixture
def reviewer(clock: town.Clock) -> Actor:
    return town.make_reviewer("Rowan (demo)")


@pytest.fixture
def second_reviewer(clock: town.Clock) -> Actor:
    return town.make_reviewer("Sasha (demo)")
