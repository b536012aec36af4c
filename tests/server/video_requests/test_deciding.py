"""Signature, review, the end: who may, once, and what everybody sees of it."""

from datetime import timedelta

import pytest
from tests.server.video_requests import town

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.visibility import Actor
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.transparency.models import LogEntry
from porchlight.server.video_requests import access, actions
from porchlight.server.video_requests.models import Decision


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {each.code for each in refused.value.reasons}


def test_the_author_never_signs_even_as_a_supervisor(agents: town.Agents) -> None:
    request = town.submit(agents.supervisor, town.save(agents.supervisor))
    with pytest.raises(Refused) as refused:
        actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk)
    assert codes(refused) == {"own_act_needs_another_person"}


@pytest.mark.parametrize("who", ["officer", "colleague", "clerk"])
def test_only_a_supervisor_signs(agents: town.Agents, who: str) -> None:
    request = town.submitted(agents)
    for act in (
        lambda by: actions.sign(by=by, request_id=request.pk),
        lambda by: actions.send_back(by=by, request_id=request.pk, note="Please draw it smaller."),
    ):
        with pytest.raises(Refused) as refused:
            act(town.fresh(getattr(agents, who)))
        assert codes(refused) == {"role_may_not"}


def test_a_signature_needs_the_second_factor_again(agents: town.Agents) -> None:
    request = town.submitted(agents)
    with pytest.raises(Refused) as refused:
        actions.sign(by=agents.supervisor, request_id=request.pk)
    assert codes(refused) == {"second_factor_again"}


def test_a_double_click_signs_once_and_another_agency_finds_nothing(
    agents: town.Agents, strangers: town.Agents
) -> None:
    request = town.submitted(agents)
    with pytest.raises(NotFound):
        actions.sign(by=town.fresh(strangers.supervisor), request_id=request.pk)
    for _ in range(2):
        actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk)
    moves = [each.payload["move"] for each in OutboxEvent.objects.filter(topic="video_request.mail")]
    assert moves == ["submitted", "signed"]
    with pytest.raises(Conflict):
        actions.send_back(by=agents.supervisor, request_id=request.pk, note="Please draw it smaller.")


def test_what_is_signed_is_what_was_shown(agents: town.Agents) -> None:
    request = town.submitted(agents)
    shown = request.version
    actions.send_back(by=agents.supervisor, request_id=request.pk, note="Please draw it smaller.")
    town.submit(agents.officer, request)
    with pytest.raises(Conflict, match="request_changed_elsewhere"):
        actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk, version=shown)


def test_the_rules_are_decided_again_when_it_is_signed_and_approved(
    agents: town.Agents, reviewer: Actor, clock: town.Clock
) -> None:
    signed, waiting = town.signed(agents), town.submitted(agents, public_summary=town.SUMMARY + " Again.")
    clock.advance(days=45)
    with pytest.raises(Refused) as refused:
        actions.sign(by=town.fresh(agents.supervisor), request_id=waiting.pk)
    assert codes(refused) == {"incident_too_old"}
    with pytest.raises(Refused) as refused:
        town.decide(reviewer, signed)
    assert codes(refused) == {"incident_too_old"}
    assert not Decision.objects.exists()
    assert town.decide(reviewer, signed, "return").state == "returned"


def test_a_note_is_checked_and_given_to_the_author(agents: town.Agents) -> None:
    request = town.submitted(agents)
    for note in ("", "short", "x" * 600, "Call me at (555) 234-5678 now", "a\x07bcdefghijkl"):
        with pytest.raises(Refused):
            actions.send_back(by=agents.supervisor, request_id=request.pk, note=note)
    for _ in range(2):
        back = actions.send_back(by=agents.supervisor, request_id=request.pk, note="Please draw it smaller.")
    assert (back.state, back.supervisor_note) == ("returned", "Please draw it smaller.")


def test_an_approval_opens_it_for_fourteen_days(
    agents: town.Agents, reviewer: Actor, clock: town.Clock
) -> None:
    request = town.approved(agents, reviewer)
    assert request.state == "approved"
    assert request.closes_at == clock.at + timedelta(days=14)
    told = OutboxEvent.objects.get(topic="video_request.approved").payload
    assert told == {"request_id": str(request.pk), "round": 1}
    shown = access.open_request(request.pk)
    assert (shown.public_summary, shown.q_recipient) == (town.SUMMARY, request.q_recipient)
    assert shown.open_at(clock.at)
    assert 0.2 < shown.square_miles < 0.3
    clock.advance(days=14)
    assert not actions.expire(now=clock.at)
    assert access.open_request(request.pk).state == "closed"
    kinds = list(LogEntry.objects.filter(subject_id=request.pk).order_by("id").values_list("kind", flat=True))
    assert kinds == ["request.submitted", "request.decided", "request.closed"]


def test_only_an_approved_request_is_open(agents: town.Agents) -> None:
    with pytest.raises(NotFound):
        access.open_request(town.signed(agents).pk)


@pytest.mark.parametrize(("verdict", "state"), [("return", "returned"), ("reject", "rejected")])
def test_a_return_or_rejection_needs_a_public_reason(
    agents: town.Agents, reviewer: Actor, verdict: str, state: str
) -> None:
    request = town.signed(agents)
    for reason in ("", "No.", "Call (555) 234-5678 for the reason.", "x" * 700):
        with pytest.raises(Refused):
            town.decide(reviewer, request, verdict, public_reason=reason)
    done = town.decide(reviewer, request, verdict)
    assert (done.state, done.public_reason) == (state, "The area fits the facts that are given.")


def test_a_reviewer_with_ties_leaves_it_to_another(agents: town.Agents, reviewer: Actor) -> None:
    request = town.signed(agents)
    with pytest.raises(Refused) as refused:
        town.decide(reviewer, request, checklist={**town.ANSWERS, "ties": "yes"})
    assert codes(refused) == {"reviewer_declared_conflict"}
    for checklist in ({}, {**town.ANSWERS, "area": "perhaps"}):
        with pytest.raises(Refused) as refused:
            town.decide(reviewer, request, checklist=checklist)
        assert codes(refused) == {"checklist_incomplete"}
    with pytest.raises(Refused) as refused:
        town.decide(reviewer, request, "maybe")
    assert codes(refused) == {"verdict_unknown"}


def test_the_second_of_two_reviewers_at_once_is_told_and_a_double_click_is_one(
    agents: town.Agents, reviewer: Actor, second_reviewer: Actor
) -> None:
    request = town.signed(agents)
    for _ in range(2):
        town.decide(reviewer, request)
    with pytest.raises(Conflict, match="request_already_decided"):
        town.decide(second_reviewer, request, "reject")
    with pytest.raises(Conflict, match="request_answered_already"):
        town.decide(reviewer, request, "reject")
    assert Decision.objects.count() == 1
    assert OutboxEvent.objects.filter(topic="video_request.approved").count() == 1


@pytest.mark.parametrize(
    "verdicts",
    [
        ("approve", "approve", "approved"),
        ("approve", "return", "returned"),
        ("return", "approve", "returned"),
        ("approve", "reject", "rejected"),
        ("reject", "return", "rejected"),
    ],
)
def test_two_reviewers_answer_unseen_and_the_stricter_answer_holds(
    agents: town.Agents, reviewer: Actor, second_reviewer: Actor, verdicts: tuple[str, str, str]
) -> None:
    first, second, state = verdicts
    request = town.signed(agents, flags=frozenset({"minors"}))
    assert request.reviewers_needed == 2
    waiting = town.decide(reviewer, request, first, public_reason="The first one says this here.")
    assert (waiting.state, waiting.public_reason, waiting.decided_at) == ("signed", "", None)
    seen = access.review_request(second_reviewer, request.pk)
    assert (seen.given, seen.answer, seen.answers) == (1, None, ())
    assert access.review_request(reviewer, request.pk).answer is not None
    assert not access.queue(reviewer)
    assert [each.answered for each in access.answered(reviewer)] == [True]
    done = town.decide(second_reviewer, request, second, public_reason="The second one says this here.")
    assert done.state == state
    assert len(access.review_request(reviewer, request.pk).answers) == 2
    assert not access.queue(second_reviewer)


def test_the_agency_is_not_shown_how_many_reviewers_there_are(agents: town.Agents, reviewer: Actor) -> None:
    """A second reviewer may be needed because of another agency's request, which this one may not know of."""
    request = town.signed(agents, flags=frozenset({"minors"}))
    before = access.request_for(agents.officer, request.pk).changed_at
    town.decide(reviewer, request)
    assert access.request_for(agents.officer, request.pk).changed_at == before


def test_danger_to_life_comes_first_in_the_queue(
    agents: town.Agents, reviewer: Actor, clock: town.Clock
) -> None:
    town.signed(agents)
    clock.advance(hours=1)
    urgent = town.signed(
        agents,
        flags=frozenset({"danger_to_life"}),
        danger_reason=town.DANGER,
        case_number="AF-26-00002",
        area=town.box(-89.3),
    )
    assert access.queue(reviewer).rows[0].request.pk == urgent.pk


def test_only_reviewers_reach_the_desk_and_only_after_the_signature(
    agents: town.Agents, reviewer: Actor
) -> None:
    request = town.submitted(agents)
    for actor in (agents.officer, agents.supervisor, reviewer):
        with pytest.raises(NotFound):
            access.review_request(actor, request.pk)
        with pytest.raises(NotFound):
            town.decide(actor, request) if actor is reviewer else access.review_request(actor, request.pk)
    actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk)
    with pytest.raises(Refused):
        town.decide(agents.supervisor, request)
    assert not access.queue(agents.officer)
    assert access.review_request(reviewer, request.pk).may_decide


def test_a_request_is_withdrawn_at_any_time_before_it_ends(
    agents: town.Agents, strangers: town.Agents, reviewer: Actor, clock: town.Clock
) -> None:
    for request, by in (
        (town.submitted(agents), agents.officer),
        (town.signed(agents, public_summary=town.SUMMARY + " Again."), agents.supervisor),
    ):
        for other in (agents.colleague, strangers.officer):
            with pytest.raises((Refused, NotFound)):
                actions.withdraw(by=other, request_id=request.pk)
        for _ in range(2):
            done = actions.withdraw(by=by, request_id=request.pk)
        assert done.state == "withdrawn"
        assert not done.key_wraps.exists()
    opened = town.approved(agents, reviewer)
    actions.withdraw(by=agents.officer, request_id=opened.pk)
    assert opened.key_wraps.exists()
    assert access.open_request(opened.pk).state == "withdrawn"
    with pytest.raises(Conflict):
        town.decide(reviewer, opened, "reject")


def test_a_reviewer_can_take_an_approval_back(agents: town.Agents, reviewer: Actor) -> None:
    request = town.approved(agents, reviewer)
    gone = actions.revoke(
        by=reviewer, request_id=request.pk, public_reason="The case turned out to be another."
    )
    assert gone.state == "rejected"
    with pytest.raises(Conflict):
        actions.revoke(by=reviewer, request_id=request.pk, public_reason="The case turned out to be another.")


def test_the_public_reads_a_decided_request_after_its_delay(
    agents: town.Agents, reviewer: Actor, clock: town.Clock
) -> None:
    given = {"publish_delay_days": 10, "publish_delay_reason": "The investigation is still open."}
    request = town.approved(agents, reviewer, **given)
    assert not access.public_requests()
    with pytest.raises(NotFound):
        access.public_request(request.pk)
    clock.advance(days=10)
    shown = access.public_request(request.pk)
    assert (shown.summary, shown.case_number, shown.outcome) == (town.SUMMARY, "AF-26-01734", "approved")


def test_of_a_sensitive_offense_only_group_and_month_are_public(agents: town.Agents, reviewer: Actor) -> None:
    request = town.approved(agents, reviewer, offense="sexual_assault")
    shown = access.public_request(request.pk)
    assert (shown.group, shown.month.isoformat()) == ("sexual", "2026-03-01")
    told = {
        getattr(shown, name) for name in ("offense", "case_number", "summary", "starts_at", "approved_at")
    }
    assert told <= {"", None}
    assert shown.area_geojson is None


def test_words_that_no_reviewer_let_through_are_not_published(agents: town.Agents, reviewer: Actor) -> None:
    request = town.decide(reviewer, town.signed(agents), "reject")
    assert access.public_request(request.pk).summary == ""
