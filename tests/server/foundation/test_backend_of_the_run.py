"""A run says of which database and object store its results are; here it proves that."""

import pytest
from django.db import connection

from porchlight.server.foundation.objects import object_store


def test_the_run_is_on_what_was_asked_for(db, pytestconfig: pytest.Config) -> None:
    vendor, store = {
        "sqlite": ("sqlite", "DirectoryStore"),
        "postgres": ("postgresql", "BucketStore"),
    }[pytestconfig.getoption("--backend")]
    assert connection.vendor == vendor
    assert type(object_store()).__name__ == store
