from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.backends import storage_url
from tests.server.video_requests import town

from porchlight.server.foundation.clock import use_clock
from porchlight.server.foundation.objects import object_store
from porchlight.server.video_requests.models import VideoRequest


@pytest.fixture(autouse=True)
def platform(tmp_path: Path, settings) -> Iterator[Path]:
    """Objects and the log's key of this test alone."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path, storage_url=storage_url(tmp_path))
    object_store.cache_clear()
    yield tmp_path
    object_store.cache_clear()


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
def request_(agents: town.Agents) -> VideoRequest:
    """An approved request of the officer."""
    return town.approved(agents, town.make_reviewer("Rowan (demo)"))
