"""The review desk's doors: what waits, and all that a reviewer needs to decide. No count of homes or cameras."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from porchlight.core.lifecycle import RequestState
from porchlight.core.policy import Check, Verdict
from porchlight.core.reasons import Reason
from porchlight.core.visibility import Action, Actor, Side, decide
from porchlight.server.foundation import clock
from porchlight.server.foundation.keyset import SIZE, Page, page
from porchlight.server.video_requests.access.drafts import FLAGS, draft_of
from porchlight.server.video_requests.access.own import Person, person
from porchlight.server.video_requests.access.seeing import decision_facts_of, may, one, visible
from porchlight.server.video_requests.access.standing import checks_when_sent
from porchlight.server.video_requests.models import Decision, VideoRequest

CHECKLIST = ("facts", "area", "time", "speech", "ties")
"""What a person has to judge. Answers are yes, no or unsure; `ties` asks whether there are ties to anyone in it."""
ANSWERS = ("yes", "no", "unsure")
_QUEUE = ("-urgent", "signed_at", "id")


@dataclass(frozen=True)
class ReviewCase:
    """A request as a reviewer sees it.

    `answer` is the reviewer's own in this round; `answers` holds all of the round, but only once all are in.
    `earlier`: with what reasons it was returned in earlier rounds, which is public.
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
    earlier: tuple[Decision, ...]


@dataclass(frozen=True)
class Waiting:
    """A row of the queue. `answered`: this reviewer's part is done, another one's is awaited."""

    request: VideoRequest
    urgent: bool
    came_back: bool
    answered: bool


def queue(actor: Actor | None, after: str = "", size: int = SIZE) -> Page[Waiting]:
    """A page of what waits for this reviewer: danger to life first, then by how long it waits."""
    rows = _signed(actor).exclude(_answered_by(actor))
    return page(rows, order=_QUEUE, after=after, size=size).each(partial(_waiting, answered=False))


def queue_length(actor: Actor | None) -> int:
    """How many wait for this reviewer."""
    return _signed(actor).exclude(_answered_by(actor)).count()


def answered(actor: Actor | None) -> tuple[Waiting, ...]:
    """What this reviewer answered and another one's answer is awaited for: the first 50 of them."""
    rows = _signed(actor).filter(_answered_by(actor)).order_by(*_QUEUE)[:SIZE]
    return tuple(_waiting(each, answered=True) for each in rows)


def review_request(actor: Actor | None, request_id: UUID | str) -> ReviewCase:
    """One request that reached the review desk. Raises NotFound."""
    rows = visible(actor).select_related("created_by__officer", "signed_by__officer")
    request = one(actor, request_id, rows=rows if _is_reviewer(actor) else rows.none())
    answers = tuple(request.decisions.filter(round=request.round).order_by("decided_at"))
    returned = request.decisions.filter(round__lt=request.round, verdict=Verdict.RETURN)
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
        earlier=tuple(returned.order_by("round", "decided_at")),
        may_decide=own is None and may(actor, Action.REQUEST_DECIDE, request),
    )


def decisions_of(actor: Actor | None, after: str = "") -> Page[Decision]:
    """A page of the reviewer's own answers, newest first."""
    if actor is None or actor.user_id is None or not _is_reviewer(actor):
        return Page(())
    rows = Decision.objects.select_related("request__agency").filter(reviewer_id=UUID(actor.user_id))
    return page(rows, order=("-decided_at", "id"), after=after)


def _signed(actor: Actor | None) -> QuerySet[VideoRequest]:
    rows = visible(actor).filter(state=RequestState.SIGNED)
    return rows if _is_reviewer(actor) else rows.none()


def _answered_by(actor: Actor | None) -> Exists:
    own = UUID(actor.user_id) if actor and actor.user_id else None
    return Exists(Decision.objects.filter(request=OuterRef("pk"), round=OuterRef("round"), reviewer_id=own))


def _waiting(request: VideoRequest, *, answered: bool) -> Waiting:
    return Waiting(request, request.urgent, came_back=request.round > 1, answered=answered)


def _is_reviewer(actor: Actor | None) -> bool:
    return actor is not None and actor.side is Side.REVIEW
