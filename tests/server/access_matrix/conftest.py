from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from tests.backends import storage_url
from tests.server.access_matrix import ground
from tests.server.access_matrix.visiting import Visitors

from porchlight.server.foundation import clock
from porchlight.server.foundation.objects import object_store


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Visitors]:
    """One ground for a whole module, in a transaction that is rolled back at its end; each cell undoes what it did."""
    directory = tmp_path_factory.mktemp("installation")
    own = replace(settings.PORCHLIGHT, data_dir=directory, storage_url=storage_url(directory))
    caches = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    moment = ground.Moment()
    object_store.cache_clear()
    with (
        override_settings(PORCHLIGHT=own, CACHES=caches),
        django_db_blocker.unblock(),
        clock.use_clock(moment),
        transaction.atomic(),
    ):
        yield Visitors(ground.make(moment))
        transaction.set_rollback(True)
    object_store.cache_clear()
