"""Second looks: drawn by the log alone, answered by somebody else, and no owner is asked anew by them."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from tests.server.video_requests import town

from porchlight.core import second_look, tlog
from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.transparency.actions import sequence
from porchlight.server.video_requests import access, actions
from porchlight.server.video_requests.models import SecondLook, VideoRequest

REASON = "The area and the hours fit the facts that are given."


@pytest.fixture
def desk(clock):
    return {name: town.make_reviewer(name) for name in ("ann", "bo", "cy", "di")}


def evening(n: int) -> dict:
    return {
        "starts_at": town.STARTS - timedelta(hours=6 * n),
        "ends_at": town.ENDS - timedelta(hours=6 * n),
        "case_number": f"AF-26-{n:05d}",
    }


def look(actor, found, result="agreed", act=actions.answer_look, **more):
    given = {"checklist": town.ANSWERS, "public_reason": REASON} | more
    return act(by=actor, look_id=found.pk, result=result, **given)


def as_documented() -> dict:
    """The functions of docs/second-look.md, as anyone would paste them."""
    text = (Path(__file__).resolve().parents[3] / "docs" / "second-look.md").read_text()
    found: dict = {}
    exec(text.partition("```python\n")[2].partition("```")[0], found)  # noqa: S102 - our own document
    return found


def drawn(agents, desk) -> SecondLook:
    """A look at a request that ann approved; drawn by hand, as one in ten would make the test slow."""
    request = town.approved(agents, desk["ann"])
    with housekeeping("test"):
        return SecondLook.objects.create(
            request=request,
            round=1,
            log_index=1,
            decided_by=[str(desk["ann"].user_id)],
            due_at=town.NOW + timedelta(days=7),
        )


@pytest.mark.parametrize(("batches", "one_in"), [(1, 10), (5, 2), (100, 2)])
def test_anyone_draws_the_same_from_public_pages_alone(clock, agents, desk, batches, one_in, monkeypatch):
    """The server signs checkpoints as it likes; what is drawn depends on the entries alone."""
    monkeypatch.setattr(second_look, "ONE_IN", one_in)  # of few approvals one in ten may be none
    for n in range(24):
        request = town.signed(agents, **evening(n))
        town.decide(desk["ann"], request, "approve" if n % 5 else "reject")
        if n % 2:
            actions.withdraw(
                by=agents.officer, request_id=request.pk
            ) if request.state == "approved" else None
        with housekeeping("test"):
            VideoRequest.objects.filter(pk=request.pk).update(
                state="closed", closed_at=clock(), submitted_at=None
            )
        if n % batches == 0:
            sequence()
            while actions.draw_looks():
                pass
    sequence()
    while actions.draw_looks():
        pass

    visitor = Client(headers={"host": "localhost"})
    entries = visitor.get("/log/entries/", {"start": "0"}).content.splitlines()
    expected = set()
    for index, entry in enumerate(entries):
        body = json.loads(entry)
        if body["kind"] == "request.decided" and body["verdict"] == "approve":
            root = tlog.root([tlog.leaf_hash(each) for each in entries[: index + 1]])
            seed = b"porchlight second look v1\n" + root + UUID(body["request"]).bytes
            if int.from_bytes(hashlib.sha256(seed).digest(), "big") * one_in < 2**256:
                expected.add(index)
    assert expected or one_in == 10
    if one_in == 10:
        assert set(as_documented()["drawn"](entries)) == expected
    assert {each.log_index for each in SecondLook.objects.all()} == expected
    page = visitor.get("/review-desk/").content.decode()
    assert all(f">Entry {index}<" in page for index in expected)
    assert f"<b>{len(expected)}</b>" in page


def test_drawing_again_draws_nothing_twice(agents, desk):
    town.approved(agents, desk["ann"])
    sequence()
    assert not actions.draw_looks()
    before = SecondLook.objects.count()
    assert not actions.draw_looks()
    assert SecondLook.objects.count() == before


def test_another_reviewer_agrees_and_it_is_public(agents, desk):
    found = drawn(agents, desk)
    with pytest.raises(Refused) as refused:
        look(desk["ann"], found)
    assert [each.code for each in refused.value.reasons] == ["reviewer_already_decided"]
    done = look(desk["bo"], found)
    assert (done.state, done.result) == ("done", "agreed")
    assert look(desk["bo"], found).pk == found.pk  # a second click
    with pytest.raises(Conflict):
        look(desk["cy"], found, "would_refuse")
    assert access.open_request(found.request_id).paused is False
    [shown] = access.public_looks()
    assert (shown.result, shown.reason, shown.request_id) == ("agreed", REASON, found.request_id)
    sequence()
    entries = Client(headers={"host": "localhost"}).get("/log/entries/").content.decode()
    assert '"kind":"request.second_look"' in entries
    assert '"result":"agreed"' in entries
    assert REASON not in entries


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"public_reason": ""}, "text_missing"),
        ({"checklist": {}}, "checklist_incomplete"),
        ({"checklist": {**town.ANSWERS, "ties": "yes"}}, "reviewer_declared_conflict"),
        ({"result": "perhaps"}, "verdict_unknown"),
    ],
)
def test_an_answer_that_is_none(agents, desk, change, code):
    with pytest.raises(Refused) as refused:
        look(desk["bo"], drawn(agents, desk), **change)
    assert code in [each.code for each in refused.value.reasons]


def test_no_agency_and_nobody_else_answers(agents, desk):
    found = drawn(agents, desk)
    for actor in (agents.officer, agents.supervisor):
        with pytest.raises(NotFound):
            look(actor, found)
        with pytest.raises(NotFound):
            access.look_for(actor, found.pk)


def test_would_have_refused_pauses_an_open_request_until_two_have_answered(agents, desk, clock):
    found = drawn(agents, desk)
    asked = access.open_request(found.request_id)
    look(desk["bo"], found, "would_refuse")
    paused = access.open_request(found.request_id)
    assert (paused.paused, paused.open_at(clock()), paused.stands_at(clock())) == (True, False, True)
    assert paused.state == "approved"
    with pytest.raises(Refused) as refused:
        look(desk["bo"], found, act=actions.reconsider)
    assert [each.code for each in refused.value.reasons] == ["reviewer_gave_second_look"]
    look(desk["ann"], found, act=actions.reconsider)
    assert access.open_request(found.request_id).paused
    look(desk["cy"], found, act=actions.reconsider)
    again = access.open_request(found.request_id)
    assert (again.paused, again.closes_at, again.approved_at) == (False, asked.closes_at, asked.approved_at)


def test_one_of_the_two_who_would_refuse_is_enough_to_take_it_back(agents, desk):
    found = drawn(agents, desk)
    look(desk["bo"], found, "would_refuse")
    done = look(desk["cy"], found, "would_refuse", act=actions.reconsider)
    assert (done.state, done.final) == ("done", "would_refuse")
    assert VideoRequest.objects.get(pk=found.request_id).state == "rejected"
    with pytest.raises(Conflict):
        look(desk["di"], found, act=actions.reconsider)


def test_of_two_who_approved_only_one_may_answer_a_pause(agents, desk):
    found = drawn(agents, desk)
    with housekeeping("test"):
        SecondLook.objects.update(decided_by=[str(desk["ann"].user_id), str(desk["di"].user_id)])
    look(desk["bo"], found, "would_refuse")
    look(desk["ann"], found, act=actions.reconsider)
    with pytest.raises(Refused) as refused:
        look(desk["di"], found, act=actions.reconsider)
    assert [each.code for each in refused.value.reasons] == ["second_look_needs_new_eyes"]


def test_a_request_that_ended_is_not_paused_and_a_pause_ends_with_its_request(agents, desk, clock):
    found = drawn(agents, desk)
    look(desk["bo"], found, "would_refuse")
    actions.withdraw(by=agents.officer, request_id=found.request_id)
    assert not actions.end_looks()
    assert SecondLook.objects.get().state == "done"
    other = town.approved(agents, desk["ann"], **evening(3))
    actions.withdraw(by=agents.officer, request_id=other.pk)
    with housekeeping("test"):
        late = SecondLook.objects.create(
            request=other, round=1, log_index=2, decided_by=["x"], due_at=town.NOW
        )
    assert look(desk["bo"], late, "would_refuse").state == "done"


def test_what_is_overdue_is_public(agents, desk, clock):
    drawn(agents, desk)
    assert access.look_totals().overdue == 0
    clock.advance(days=8)
    assert access.look_totals().overdue == 1
    assert next(iter(access.public_looks())).overdue


def test_of_a_request_that_is_not_public_yet_only_the_log_s_entry_is_shown(agents, desk):
    found = drawn(agents, desk)
    with housekeeping("test"):
        VideoRequest.objects.update(public_at=town.NOW + timedelta(days=9))
    look(desk["bo"], found)
    shown = next(iter(access.public_looks()))
    assert (shown.request_id, shown.agency_name, shown.reason) == (None, "", "")
