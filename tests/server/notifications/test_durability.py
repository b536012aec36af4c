"""Commits wait for the disk, except where what they say can be repeated."""

import pytest
from django.db import connection

from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.durability import repeatable

QUESTION = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}


@pytest.fixture
def emptying():
    """The write guard lets nobody empty tables without a name."""
    with housekeeping("test.flush"):
        yield


@pytest.fixture(autouse=True)
def database(emptying, transactional_db):
    """Outside a test's own transaction, which would never reach the disk."""


def durability():
    with connection.cursor() as cursor:
        cursor.execute(QUESTION[connection.vendor])
        return cursor.fetchone()[0]


def test_the_disk_is_waited_for_again_afterwards():
    usual = durability()
    assert usual in {2, "on"}
    with repeatable():
        assert durability() in {1, "off"}
    assert durability() == usual
    with pytest.raises(KeyError), repeatable():
        raise KeyError
    assert durability() == usual


def test_a_connection_that_was_lost_comes_back_as_it_should():
    with repeatable():
        connection.close()
    assert durability() in {2, "on"}
