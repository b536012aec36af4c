"""Fixtures that the tests of the owners' side share."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.backends import storage_url
from tests.server.consent.arrange import Time

from porchlight.server.foundation import clock
from porchlight.server.foundation.objects import object_store


@pytest.fixture(autouse=True)
def platform(tmp_path: Path, settings) -> Iterator[Path]:
    """An installation of its own: database of the test, objects and log key below `tmp_path`."""
    settings.PORCHLIGHT = replace(
        settings.PORCHLIGHT,
        data_dir=tmp_path,
        storage_url=storage_url(tmp_path),
        base_url="http://localhost:8000",
    )
    settings.ALLOWED_HOSTS = ["localhost", "testserver", "agency.localhost", "review.localhost"]
    object_store.cache_clear()
    yield tmp_path
    object_store.cache_clear()


@pytest.fixture
def time() -> Iterator[Time]:
    """The server's clock, moved by the test."""
    moving = Time()
    with clock.use_clock(moving):
        yield moving
