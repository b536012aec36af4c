"""The review desk's doors: what waits, and all that a reviewer needs to decide. No count of homes or cameras."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from porchlight.core.lifecycle import RequestState
from porchlight.core.policy import Check
from porchlight.core.reasons import Reason
from porchlight.core.visibility import Action, Actor, Side, decide
from porchlight.server.foundation import clock
from porchlight.server.video_requests.access.drafts import FLAGS, draft_of
from porchlight.server.video_requests.access.own import Person, person
from porchlight.server.video_requests.access.seeing import decision_facts_of, may, one, visible
from porchlight.server.video_requests.access.standing import checks_when_sent
from porchlight.server.video_requests.models import Decision, VideoRequest

CHECKLIST = ("facts", "area", "time", "speech", "ties")
"""What a person has to judge. Answers are yes, no or unsure; `ties` asks whether there are ties to anyone in it."""
ANSWERS = ("yes", "no", "unsure")


@dataclass(frozen=True)
class ReviewCase:
    """A request as a reviewer sees it.

    `answer` is the reviewer's own in this round; `answers` holds all of the round, but only once all are in.
    `checks` are the rules as they stood when it was sent. `needed`: how many reviewers, and why two.
    """

    request: VideoRequest
    requester: Person
    signer: Person
    flags: tuple[str, ...]
    checks: tuple[Check, ...]
    needed: int
    why_two: tuple[Reason, ...]
    given: int
    answer: Decision | None
    answers: tuple[Decision, ...]
    may_decide: bool


@dataclass(frozen=True)
class Waiting:
    """A row of the queue. `answered`: this reviewer's part is done, another one's is awaited."""

    request: VideoRequest
    urgent: bool
    came_back: bool
    answered: bool


def queue(actor: Actor | None) -> tuple[Waiting, ...]:
    """What waits for the review desk: danger to life first, then by how long it waits."""
    if actor is None or actor.user_id is None or not _is_reviewer(actor):
        return ()
    rows = visible(actor).filter(state=RequestState.SIGNED)
    found = [
        Waiting(
            request,
            urgent="danger_to_life" in request.flags,
            came_back=request.round > 1,
            answered=request.decisions.filter(round=request.round, reviewer_id=UUID(actor.user_id)).exists(),
        )
        for request in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.answered, not each.urgent, each.request.signed_at)))


def review_request(actor: Actor | None, request_id: UUID | str) -> ReviewCase:
    """One request that reached the review desk. Raises NotFound."""
    rows = visible(actor).select_related("created_by__officer", "signed_by__officer")
    request = one(actor, request_id, rows=rows if _is_reviewer(actor) else rows.none())
    answers = tuple(request.decisions.filter(round=request.round).order_by("decided_at"))
    complete = len(answers) >= request.reviewers_needed
    seen = tuple(
        each
        for each in answers
        if actor and decide(actor, Action.DECISION_READ, decision_facts_of(each, complete=complete))
    )
    own = next((each for each in seen if actor and str(each.reviewer_id) == actor.user_id), None)
    facts = draft_of(request).facts()
    return ReviewCase(
        request=request,
        requester=person(request.created_by),
        signer=person(request.signed_by),
        flags=tuple(flag for flag in FLAGS if flag in request.flags),
        checks=checks_when_sent(
            request.agency, facts, without=request.id, sent_at=request.submitted_at or clock.now()
        ),
        needed=request.reviewers_needed,
        why_two=tuple(Reason.from_dict(each) for each in request.reviewer_reasons),
        given=len(answers),
        answer=own,
        answers=seen if complete else (),
        may_decide=own is None and may(actor, Action.REQUEST_DECIDE, request),
    )


def decisions_of(actor: Actor | None) -> tuple[Decision, ...]:
    """The reviewer's own answers, newest first."""
    if actor is None or actor.user_id is None or not _is_reviewer(actor):
        return ()
    rows = Decision.objects.select_related("request__agency").filter(reviewer_id=UUID(actor.user_id))
    return tuple(rows.order_by("-decided_at", "id"))


def _is_reviewer(actor: Actor | None) -> bool:
    return actor is not None and actor.side is Side.REVIEW
