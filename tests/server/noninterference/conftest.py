from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.backends import storage_url
from tests.server.noninterference import base

from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.objects import object_store


@pytest.fixture
def ground(db: None, tmp_path: Path, settings) -> Iterator[base.Ground]:
    """The common ground, with the log's key and objects of this test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path, storage_url=storage_url(tmp_path))
    object_store.cache_clear()
    moment = base.Moment()
    with clock.use_clock(moment), randomness.use_random(base.Source()):
        made = base.make(moment)
    yield made
    object_store.cache_clear()
