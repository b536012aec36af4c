from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from tests.server.accounts.people import TestClock

from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import housekeeping

_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_by_name(self: TransactionTestCase) -> None:
    """The write guard lets nobody empty tables without a name."""
    with housekeeping("test.flush"):
        _empty_tables(self)
    cache.clear()


TransactionTestCase._fixture_teardown = _empty_tables_by_name


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def now() -> Iterator[TestClock]:
    """The server's clock, in the test's hand."""
    source = TestClock()
    with clock.use_clock(source):
        yield source
