from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from tests.core.generated import moments, quick

from porchlight.core.errors import Refused
from porchlight.core.localtime import to_instant
from porchlight.core.policy import Span

CHICAGO = ZoneInfo("America/Chicago")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks change by half an hour


def refusal(text, zone=CHICAGO, fold=None):
    with pytest.raises(Refused) as refused:
        to_instant(text, zone, fold)
    (found,) = refused.value.reasons
    return found


def test_an_ordinary_time_is_one_moment_whatever_the_fold():
    for fold in (None, 0, 1):
        assert to_instant("2026-03-18T20:00", CHICAGO, fold) == datetime(2026, 3, 19, 1, tzinfo=UTC)


def test_an_hour_that_is_skipped_does_not_exist():
    found = refusal("2026-03-08T02:30")
    assert found.code == "time_does_not_exist"
    assert found.params["before"] == "2026-03-08T01:30:00-06:00"
    assert found.params["after"] == "2026-03-08T03:30:00-05:00"
    assert refusal("2026-03-08T02:30", fold=1).code == "time_does_not_exist"


def test_an_hour_that_comes_twice_is_asked_about():
    found = refusal("2026-11-01T01:30")
    assert found.code == "time_is_ambiguous"
    assert found.params["earlier"] == "2026-11-01T01:30:00-05:00"
    assert found.params["later"] == "2026-11-01T01:30:00-06:00"
    assert to_instant("2026-11-01T01:30", CHICAGO, 0) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert to_instant("2026-11-01T01:30", CHICAGO, 1) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-03-08T01:59", "2026-03-08T03:00", "2026-11-01T00:59", "2026-11-01T02:00"]
)
def test_the_minutes_around_a_change_are_ordinary(text):
    assert to_instant(text, CHICAGO)


def test_a_change_by_half_an_hour():
    assert refusal("2026-04-05T01:45", LORD_HOWE).code == "time_is_ambiguous"
    assert refusal("2026-10-04T02:15", LORD_HOWE).code == "time_does_not_exist"


@pytest.mark.parametrize(
    "text",
    ["", "now", "2026-03-18", "2026-03-18 20:00", "2026-03-18T20:00Z", "2026-13-01T00:00", "2026-02-30T10:00",
     "2026-03-18T25:00", "२०२६-03-18T20:00", "2026-03-18T20:00" + "0" * 100_000],
)  # fmt: skip
def test_what_is_no_time_is_refused(text):
    assert refusal(text).code == "time_not_readable"


@pytest.mark.parametrize("zone", [CHICAGO, LORD_HOWE, ZoneInfo("Europe/Dublin"), UTC])
@quick
@given(moments)
def test_every_moment_can_be_typed(zone, moment):
    moment = moment.replace(second=0, microsecond=0)
    local = moment.astimezone(zone)
    assert to_instant(local.strftime("%Y-%m-%dT%H:%M"), zone, local.fold) == moment


def test_a_span_across_a_change_lasts_as_long_as_it_lasts():
    spring = Span(to_instant("2026-03-08T00:00", CHICAGO), to_instant("2026-03-08T12:00", CHICAGO))
    autumn = Span(to_instant("2026-11-01T00:00", CHICAGO), to_instant("2026-11-01T12:00", CHICAGO))
    assert spring.duration.total_seconds() == 11 * 3600
    assert autumn.duration.total_seconds() == 13 * 3600


def test_a_span_of_local_moments_is_measured_in_elapsed_time():
    starts = datetime(2026, 11, 1, 0, tzinfo=CHICAGO)
    assert Span(starts, starts.replace(hour=12)).duration.total_seconds() == 13 * 3600
    assert (
        Span(starts.replace(hour=1, fold=0), starts.replace(hour=1, fold=1)).duration.total_seconds() == 3600
    )


def test_a_naive_span_is_refused():
    naive = datetime(2026, 3, 8)  # noqa: DTZ001  the point of the test
    with pytest.raises(Refused) as refused:
        Span(naive, naive)
    assert refused.value.reasons[0].code == "moment_without_zone"
