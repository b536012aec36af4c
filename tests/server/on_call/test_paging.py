"""Who is paged when a life is said to be in danger, until somebody is on it, and never after the decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from tests.server.video_requests import town

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts.models import User
from porchlight.server.foundation import outbox
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.on_call import access, actions
from porchlight.server.on_call.models import Alarm, Page
from porchlight.server.video_requests import actions as requests

URGENT = {"flags": frozenset({"danger_to_life"}), "danger_reason": town.DANGER}
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(clock) -> dict[str, Actor]:
    """Four reviewers and an operator."""
    found = {name: town.make_reviewer(name) for name in ("ann", "bo", "cy", "di")}
    with housekeeping("test"):
        User.objects.create_user("kim@operator.example", Side.OPERATOR, display_name="Kim")
    return found


def on_call(clock, actor: Actor, start: float, end: float):
    return actions.add_shift(by=actor, starts_at=clock() + start * HOUR, ends_at=clock() + end * HOUR)


def work(clock) -> None:
    while outbox.run_once(clock()):
        pass


def paged() -> list[str]:
    """Who got a mail of a waiting request, in order."""
    found = [
        each.to[0].partition("@")[0] for each in mail.outbox if "waits for the review desk" in each.subject
    ]
    return [each for each in found if each in {"ann", "bo", "cy", "di"}]


@pytest.fixture
def rota(clock, desk) -> dict[str, Actor]:
    on_call(clock, desk["ann"], 0, 12)
    on_call(clock, desk["bo"], 12, 24)
    return desk


def test_a_request_without_the_mark_pages_nobody(clock, agents, rota):
    town.signed(agents)
    work(clock)
    assert paged() == []
    assert not Alarm.objects.exists()


def test_the_ladder_who_is_on_call_the_next_everybody(clock, agents, rota):
    town.signed(agents, **URGENT)
    work(clock)
    assert paged() == ["ann"]
    clock.advance(minutes=9)
    work(clock)
    assert paged() == ["ann"]
    clock.advance(minutes=1)
    work(clock)
    assert paged() == ["ann", "bo"]
    clock.advance(minutes=10)
    work(clock)
    assert sorted(paged()) == ["ann", "bo", "cy", "di"]
    clock.advance(minutes=120)
    work(clock)
    assert len(paged()) == 4
    assert any("Nobody at the review desk" in each.subject for each in mail.outbox)


def test_no_message_holds_a_word_of_the_case(clock, agents, desk):
    request = town.signed(agents, **URGENT)
    work(clock)
    assert mail.outbox
    for each in mail.outbox:
        if "review.example" in each.to[0] or "operator" in each.to[0]:
            words = f"{each.subject} {each.body}"
            for secret in ("insulin", "van", "AF-26", "Alder", request.agency.ori, "theft"):
                assert secret not in words


def test_who_is_on_it_stops_the_ladder(clock, agents, rota):
    request = town.signed(agents, **URGENT)
    work(clock)
    actions.acknowledge(by=rota["ann"], request_id=request.pk)
    actions.acknowledge(by=rota["ann"], request_id=request.pk)
    clock.advance(minutes=60)
    work(clock)
    assert paged() == ["ann"]
    shown = access.awaited(rota["cy"], [request.pk])[request.pk]
    assert (shown.takers, shown.may_acknowledge, shown.may_hand_on) == (("ann",), True, False)


def test_who_has_ties_hands_on_and_the_next_is_paged_at_once(clock, agents, rota):
    request = town.signed(agents, **URGENT)
    work(clock)
    actions.acknowledge(by=rota["ann"], request_id=request.pk)
    actions.hand_on(by=rota["ann"], request_id=request.pk)
    actions.hand_on(by=rota["ann"], request_id=request.pk)
    work(clock)
    assert paged() == ["ann", "bo"]
    with pytest.raises(Refused):
        actions.hand_on(by=rota["cy"], request_id=request.pk)


def test_in_a_gap_everybody_and_the_operator_hear_at_once(clock, agents, desk):
    on_call(clock, desk["ann"], 1, 2)
    town.signed(agents, **URGENT)
    work(clock)
    assert sorted(paged()) == ["ann", "bo", "cy", "di"]
    assert [each.to for each in mail.outbox if "Nobody at" in each.subject] == [["kim@operator.example"]]


def test_where_two_decide_two_are_paged_and_two_must_answer(clock, agents, rota):
    request = town.signed(agents, offense="missing_child", **URGENT)
    work(clock)
    assert paged() == ["ann", "bo"]
    actions.acknowledge(by=rota["ann"], request_id=request.pk)
    clock.advance(minutes=10)
    work(clock)
    assert sorted(paged()) == ["ann", "bo", "cy", "di"]


@pytest.mark.parametrize("end", ["approve", "reject", "return", "withdraw"])
def test_nothing_leaves_after_the_decision(clock, agents, rota, end):
    """Also what was on its way when the decision came."""
    request = town.signed(agents, **URGENT)
    outbox_topics = {"video_request.urgent_signed"}
    while OutboxEvent.objects.filter(done_at=None, topic__in=outbox_topics).exists():
        outbox.run_once(clock())
    assert Page.objects.exists()
    mail.outbox.clear()
    if end == "withdraw":
        requests.withdraw(by=agents.officer, request_id=request.pk)
    else:
        town.decide(rota["cy"], request, end, checklist={**town.ANSWERS, "danger": "yes"})
    work(clock)
    clock.advance(minutes=30)
    work(clock)
    assert paged() == []
    with pytest.raises(Conflict):
        actions.acknowledge(by=rota["ann"], request_id=request.pk)


def test_a_worker_killed_between_or_within_steps_loses_and_doubles_nothing(clock, agents, rota):
    """A killed worker leaves its event leased: it runs again, with all that was committed."""
    town.signed(agents, **URGENT)
    for _ in range(60):
        event = OutboxEvent.objects.filter(done_at=None, available_at__lte=clock()).order_by("pk").first()
        if event is None:
            break
        handle = outbox._handlers[event.topic]
        if event.topic.startswith(("video_request.urgent", "on_call.step")):
            handle(event, clock())  # done, and killed before it could say so
        outbox.run_once(clock())
    assert Page.objects.count() == 1
    assert OutboxEvent.objects.filter(topic="on_call.step").count() == 1
    clock.advance(minutes=10)
    event = OutboxEvent.objects.get(topic="on_call.step", done_at=None)
    outbox._handlers[event.topic](event, clock())
    work(clock)
    assert [each.reviewer.name for each in Page.objects.order_by("paged_at")] == ["ann", "bo"]
    assert paged() == ["ann", "bo"]


def test_a_second_round_pages_again(clock, agents, rota):
    request = town.signed(agents, **URGENT)
    work(clock)
    town.decide(rota["cy"], request, "return", checklist={**town.ANSWERS, "danger": "yes"})
    town.submit(agents.officer, request)
    requests.sign(by=town.fresh(agents.supervisor), request_id=request.pk)
    work(clock)
    assert paged() == ["ann", "ann"]


def test_who_left_the_desk_is_not_paged(clock, agents, rota):
    with housekeeping("test"):
        User.objects.filter(pk=rota["ann"].user_id).update(is_active=False)
    town.signed(agents, **URGENT)
    work(clock)
    assert sorted(paged()) == ["bo", "cy", "di"]


def test_nobody_else_may(clock, agents, rota):
    request = town.signed(agents, **URGENT)
    work(clock)
    for actor in (agents.officer, agents.supervisor, Actor(Side.RESIDENT, Role.ANYONE)):
        assert access.awaited(actor, [request.pk]) == {}
        for act in (actions.acknowledge, actions.hand_on):
            with pytest.raises(NotFound):
                act(by=actor, request_id=request.pk)
        with pytest.raises(NotFound):
            access.rota(actor)


def test_a_shift_is_taken_over_by_the_taker_s_own_act(clock, rota):
    first = access.rota(rota["cy"]).shifts[0]
    clock.advance(hours=3)
    actions.take_over(by=rota["cy"], shift_id=first.id)
    work(clock)
    seen = access.rota(rota["ann"])
    assert (seen.now, seen.gap_now, seen.gaps[0][0]) == (("cy",), False, town.NOW + 24 * HOUR)
    assert [each.to for each in mail.outbox if "took over" in each.subject] == [["ann@review.example"]]
    with pytest.raises(Conflict):
        actions.take_over(by=rota["bo"], shift_id=first.id)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (2, 1, "shift_reversed"),
        (-3, -1, "shift_past"),
        (0, 24 * 15, "shift_too_long"),
        (24 * 360, 24 * 370, "shift_too_far"),
        (6, 13, "shift_twice"),
    ],
)
def test_a_shift_that_cannot_be(clock, rota, start, end, code):
    with pytest.raises(Refused) as refused:
        on_call(clock, rota["ann"], start, end)
    assert code in [each.code for each in refused.value.reasons]


def test_only_one_s_own_coming_shift_is_taken_back(clock, rota):
    running, coming = (each.id for each in access.rota(rota["ann"]).shifts)
    for actor, shift in ((rota["ann"], running), (rota["ann"], coming), (rota["bo"], running)):
        with pytest.raises(Refused):
            actions.remove_shift(by=actor, shift_id=shift)
    actions.remove_shift(by=rota["bo"], shift_id=coming)
    assert len(access.rota(rota["ann"]).shifts) == 1
