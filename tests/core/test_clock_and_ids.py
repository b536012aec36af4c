from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, quick

from porchlight.core.clock import FixedClock, in_utc
from porchlight.core.ids import random_id


def test_a_fixed_clock_stands_until_moved():
    clock = FixedClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.advance(timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)
    clock.set(NOON)
    assert clock.now() == NOON


def test_a_fixed_clock_does_not_advance_backwards():
    with pytest.raises(ValueError, match="forwards"):
        FixedClock(NOON).advance(timedelta(seconds=-1))


def test_naive_moments_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        in_utc(datetime(2026, 3, 20))  # noqa: DTZ001  the point of the test


def test_in_utc_keeps_the_moment():
    there = NOON.astimezone(timezone(timedelta(hours=-6)))
    assert in_utc(there) == NOON
    assert in_utc(there).tzinfo is UTC


@quick
@given(st.binary(min_size=16, max_size=16))
def test_every_id_is_version_4_and_comes_from_the_source_alone(drawn):
    made = random_id(lambda n: drawn[:n])
    assert made.version == 4
    assert made == random_id(lambda n: drawn[:n])


def test_a_source_that_runs_dry_makes_no_id():
    with pytest.raises(ValueError, match="random bytes"):
        random_id(lambda n: b"short")
