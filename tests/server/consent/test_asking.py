"""From approval to notices: everybody once, whatever happens to the worker."""

import itertools
from datetime import timedelta
from uuid import UUID

import pytest
from django.test.utils import CaptureQueriesContext
from tests.server.consent import arrange

from porchlight.core.places import read_area
from porchlight.server.consent import tasks
from porchlight.server.consent.models import AskedRequest, Invitation
from porchlight.server.consent.tasks import asking
from porchlight.server.foundation import outbox
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.households import access, actions
from porchlight.server.notifications.models import Notice
from porchlight.server.transparency.actions import sequence
from porchlight.server.video_requests.access import open_request
from porchlight.server.video_requests.models import VideoRequest

pytestmark = pytest.mark.django_db


def work(now, rounds: int = 100) -> None:
    for _ in range(rounds):
        if not outbox.run_once(now):
            return


def invited(request: VideoRequest) -> set[str]:
    return {
        str(each)
        for each in Invitation.objects.filter(request_id=request.pk).values_list("household_id", flat=True)
    }


def test_only_verified_homes_with_a_camera_inside_are_asked(time):
    inside = arrange.home("in@example.org")
    arrange.home("unproven@example.org", verified=False)
    arrange.home("nocamera@example.org", camera=False)
    arrange.home("far@example.org", lat=44.2)
    request = arrange.approved(by_agency=arrange.agency())
    sequence()
    work(time())
    assert invited(request) == {inside.household_id}


def test_each_member_gets_one_notice_and_a_household_one_invitation(time):
    ana = arrange.home()
    actions.add_camera(by=ana, name="Garage", kind="outdoor")
    arrange.join(household_id=ana.household_id, email="ben@example.org")
    request = arrange.approved(by_agency=arrange.agency())
    sequence()
    work(time())
    assert len(invited(request)) == 1
    notices = Notice.objects.filter(request_id=request.pk)
    assert len({each.user_id for each in notices}) == 2
    assert len({each.message_id for each in notices}) == 2
    for notice in notices:
        assert time() <= notice.send_at < time() + timedelta(minutes=15)


@pytest.mark.parametrize(("scope", "value"), [("all", ""), ("agency", None), ("offense", "home_burglary")])
def test_an_opt_out_holds_for_later_requests_and_only_for_what_it_says(time, scope, value):
    ana = arrange.home()
    police, sheriff = arrange.agency(), arrange.agency(ori="WI0990000")
    value = str(police.pk) if value is None else value
    actions.opt_out(by=ana, scope=scope, value=value)
    actions.opt_out(by=ana, scope=scope, value=value)
    same = arrange.approved(by_agency=police)
    other = arrange.approved(by_agency=sheriff, offense="arson")
    sequence()
    work(time())
    assert invited(same) == set()
    assert invited(other) == (set() if scope == "all" else {ana.household_id})
    for each in list(access.opt_outs(ana)):
        actions.undo_opt_out(by=ana, opt_out_id=each.pk)
    later = arrange.approved(by_agency=police)
    sequence()
    work(time())
    assert invited(later) == {ana.household_id}


def test_nobody_is_asked_before_the_log_holds_the_key(time):
    arrange.home()
    request = arrange.approved(by_agency=arrange.agency(), logged=False)
    assert outbox.run_once(time())
    assert not outbox.run_once(time()), "it waits a second and lets others go first"
    assert invited(request) == set()
    arrange.log_key(request)
    sequence()
    work(time.pass_(seconds=2))
    assert len(invited(request)) == 1


@pytest.mark.parametrize("state", ["withdrawn", "rejected", "closed"])
def test_a_request_that_ended_asks_nobody(time, state):
    arrange.home()
    request = arrange.approved(by_agency=arrange.agency())
    sequence()
    end(request, state)
    work(time())
    assert invited(request) == set()


def end(request: VideoRequest, state: str) -> None:
    from porchlight.server.foundation.actions import housekeeping

    with housekeeping("test"):
        VideoRequest.objects.filter(pk=request.pk).update(state=state)


class Killed(BaseException):
    """As `kill -9`: nothing after it runs."""


@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_a_killed_worker_leaves_nobody_out_and_asks_nobody_twice(time, monkeypatch, killed_at):
    households = arrange.many_homes(count=400)
    request = arrange.approved(by_agency=arrange.agency())
    sequence()
    calls = itertools.count(1)
    real = asking.ask_some

    def dying(*args):
        last = real(*args)
        if next(calls) == killed_at:
            raise Killed
        return last

    monkeypatch.setattr(asking, "ask_some", dying)
    with pytest.raises(Killed):
        work(time())
    before = dict(Notice.objects.values_list("user_id", "message_id"))
    assert before
    assert not outbox.run_once(time()), "its lease still stands"
    work(time.pass_(seconds=outbox.LEASE.total_seconds() + 1))
    assert invited(request) == {str(each) for each in households}
    after = dict(Notice.objects.values_list("user_id", "message_id"))
    assert len(after) == len(households)
    assert {user: after[user] for user in before} == before
    assert not OutboxEvent.objects.filter(topic="video_request.approved", done_at=None).exists()


def test_a_transaction_writes_at_most_500_rows(time, django_assert_max_num_queries):
    arrange.many_homes(count=400)
    request = open_request(arrange.approved(by_agency=arrange.agency()).pk)
    after: UUID | None = None
    while True:
        before = Invitation.objects.count() + Notice.objects.count() + AskedRequest.objects.count()
        after = asking.ask_some(request, after)
        if after is None:
            break
        written = Invitation.objects.count() + Notice.objects.count() + AskedRequest.objects.count() - before
        assert 0 < written <= 500
    assert Invitation.objects.count() == 400


def test_a_household_with_many_members_fits_too(time):
    ana = arrange.home()
    for n in range(600):
        arrange.join(household_id=ana.household_id, email=f"m{n}@example.org")
    request = open_request(arrange.approved(by_agency=arrange.agency()).pk)
    last = asking.ask_some(request, None)
    assert str(last) == ana.household_id
    assert Notice.objects.count() == 601


def test_who_was_asked_is_forgotten_thirty_days_after_the_end(time):
    arrange.home()
    request = arrange.approved(by_agency=arrange.agency())
    sequence()
    work(time())
    assert Invitation.objects.count() == Notice.objects.count() == 1
    tasks.note_ends(time.pass_(days=13))
    assert Notice.objects.count() == 1
    tasks.note_ends(time.pass_(days=2))
    assert Notice.objects.count() == 0, "it was never sent, and never will be"
    tasks.forget(time.pass_(days=29))
    assert invited(request)
    tasks.forget(time.pass_(days=2))
    assert not invited(request)
    assert not AskedRequest.objects.exists()


def test_the_queries_of_matching_use_the_index(time):
    from django.db import connection

    arrange.many_homes(count=3)
    area = read_area(arrange.SQUARE)
    with CaptureQueriesContext(connection) as seen:
        found = list(access.households_in(area))
    assert len(found) == 3
    assert len(seen) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + seen[0]["sql"])
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")  # three homes are read faster without an index
            cursor.execute("EXPLAIN " + seen[0]["sql"])
        plan = str(cursor.fetchall())
    assert "camera_in_cell" in plan


def test_parts_of_the_search_lose_and_repeat_nobody(time, monkeypatch):
    """A household whose cameras fall into two parts is found once, also where only its last camera is inside."""
    from porchlight.server.households.access import matching
    from porchlight.server.households.models import Camera

    homes = arrange.many_homes(count=25)
    for home in homes[::3]:
        inside = Camera.objects.get(household=home)
        with housekeeping("test"):
            for number in range(4):
                Camera.objects.create(
                    household_id=home,
                    name=f"Side {number}",
                    kind="outdoor",
                    latitude=inside.latitude + (0.0031 if number % 2 else 0),
                    longitude=inside.longitude,
                    cell=inside.cell,
                )
    area = read_area(arrange.SQUARE)
    for rows in (6, 7, 11, 30, 1000):
        monkeypatch.setattr(matching, "_PART", rows)
        assert list(access.households_in(area)) == sorted(homes)
        assert list(access.households_in(area, after=sorted(homes)[9])) == sorted(homes)[10:]
    for about in (1, 2, 5, 20):
        assert list(access.households_in(area, about=about)) == sorted(homes)
