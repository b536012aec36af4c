"""The review desk's decision.

Where two reviewers are needed nothing shows and nothing moves until both have answered; then the stricter answer
holds: one who rejects is not outvoted, and an approval needs both. A first answer can't be changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from uuid import UUID

from porchlight.core.errors import Conflict, Refused
from porchlight.core.lifecycle import RequestEvent, RequestState, next_state
from porchlight.core.log_entries import EntryKind
from porchlight.core.policy import ReviewerFacts, Verdict, danger_found, may_decide, ruling, stricter
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Action, Actor
from porchlight.core.wording import TextRule, text_reasons, tidy
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.transparency.actions import record
from porchlight.server.video_requests.access.drafts import draft_of
from porchlight.server.video_requests.access.numbers import policy_numbers
from porchlight.server.video_requests.access.review import ANSWERS
from porchlight.server.video_requests.access.seeing import require
from porchlight.server.video_requests.access.standing import violations_of
from porchlight.server.video_requests.actions.locking import locked_for_review
from porchlight.server.video_requests.actions.telling import tell
from porchlight.server.video_requests.models import Decision, VideoRequest

PUBLIC_REASON = TextRule("public_reason", least=10, most=600, lines=True)
_MOVES = {
    RequestEvent.APPROVE: ("approved", Verdict.APPROVE),
    RequestEvent.RETURN: ("returned", Verdict.RETURN),
    RequestEvent.REJECT: ("rejected", Verdict.REJECT),
}


@action("video_request.decide")
def decide(
    *,
    by: Actor | None,
    request_id: UUID | str,
    verdict: str,
    checklist: Mapping[str, str],
    public_reason: str = "",
    round_: int | None = None,
) -> VideoRequest:
    """One reviewer's answer: approve, return or reject. A return or rejection needs a public reason.

    `checklist`: question -> yes, no or unsure; `ties` "yes" refuses (the reviewer is tied to somebody in it);
    `danger` (was danger to life given?) is asked where the agency says so, and sways no verdict.
    `round_`: the round that the reviewer's page showed. A second, equal click changes nothing. Raises Refused,
    Conflict if another reviewer's answer or the agency came first, NotFound.
    """
    request = locked_for_review(by, request_id)
    assert by is not None and by.user_id is not None  # noqa: S101, PT018 - nobody sees no request
    given = _own_answer(request, by)
    if given is not None:
        if given.verdict == verdict:
            return request
        raise Conflict("request_answered_already")
    _still_open(request, round_)
    require(by, Action.REQUEST_DECIDE, request)
    public_reason = tidy(public_reason)
    _may(request, by, checklist)
    objections = tuple(_objections(request, verdict, checklist, public_reason))
    if objections:
        raise Refused(objections)
    Decision.objects.create(
        request=request,
        round=request.round,
        reviewer_id=by.user_id,
        verdict=verdict,
        checklist=dict(checklist),
        public_reason=public_reason,
    )
    audit(f"video_request:{request.pk}", round=request.round)
    _conclude(request)
    return request


@action("video_request.revoke")
def revoke(*, by: Actor | None, request_id: UUID | str, public_reason: str) -> VideoRequest:
    """Take an approval back after a second look: the request ends as rejected, with a public reason.

    Raises Refused, Conflict if it is not open to owners any more, NotFound.
    """
    request = locked_for_review(by, request_id)
    if request.state != RequestState.APPROVED:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_REVOKE, request)
    public_reason = tidy(public_reason)
    objections = text_reasons(public_reason, PUBLIC_REASON, case_number=request.case_number)
    if objections:
        raise Refused(objections)
    audit(f"video_request:{request.pk}", round=request.round)
    take_back(request, public_reason, reviewers=1)
    return request


def take_back(request: VideoRequest, public_reason: str, *, reviewers: int) -> None:
    """End an approved request as rejected, inside the action that decided so and holds its row locked."""
    request.public_reason = public_reason
    request.closed_at = clock.now()
    _apply(request, RequestEvent.REJECT, reviewers=reviewers)


def _own_answer(request: VideoRequest, by: Actor) -> Decision | None:
    return request.decisions.filter(round=request.round, reviewer_id=UUID(by.user_id)).first()


def _still_open(request: VideoRequest, round_: int | None) -> None:
    if request.state in {RequestState.SUBMITTED, RequestState.WITHDRAWN, RequestState.DRAFT}:
        raise Conflict("request_moved_on")
    if request.state != RequestState.SIGNED:
        raise Conflict("request_already_decided")
    if round_ is not None and round_ != request.round:
        raise Conflict("request_moved_on")


def _may(request: VideoRequest, by: Actor, checklist: Mapping[str, str]) -> None:
    may_decide(
        ReviewerFacts(str(by.user_id)),
        agency_id=str(request.agency_id),
        requester=str(request.created_by_id),
        signer=str(request.signed_by_id),
        decided_by=[str(each) for each in _round_of(request).values_list("reviewer_id", flat=True)],
        conflict_declared=checklist.get("ties") == "yes",
    ).require()


def _objections(
    request: VideoRequest, verdict: str, checklist: Mapping[str, str], public_reason: str
) -> Iterator[Reason]:
    if verdict not in set(Verdict):
        yield reason("verdict_unknown")
    asked = {"ties", "danger"} if request.urgent else {"ties"}
    if not asked <= set(checklist) or any(answer not in ANSWERS for answer in checklist.values()):
        yield reason("checklist_incomplete")
    if verdict != Verdict.APPROVE or public_reason:
        yield from text_reasons(public_reason, PUBLIC_REASON, case_number=request.case_number)
    if verdict == Verdict.APPROVE:
        # Days may have passed since it was sent; what has become too old is not asked for.
        yield from violations_of(
            request.agency, draft_of(request).facts(), without=request.pk, now=clock.now()
        )


def _round_of(request: VideoRequest):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset of decisions
    return request.decisions.filter(round=request.round).order_by("decided_at", "id")


def _conclude(request: VideoRequest) -> None:
    """Move the request once all answers are in; before that nothing of it changes."""
    answers = list(_round_of(request))
    event = ruling(request.reviewers_needed, [Verdict(each.verdict) for each in answers])
    if event is None:
        return
    decisive = _MOVES[event][1]
    said = [each.public_reason for each in answers if each.verdict == decisive and each.public_reason]
    request.public_reason = "\n\n".join(said)
    if request.urgent:
        found = danger_found([each.checklist["danger"] for each in answers])
        request.danger_found, request.danger_worst = found, stricter(request.danger_worst, found)
    _apply(request, event, reviewers=len(answers))


def _apply(request: VideoRequest, event: RequestEvent, *, reviewers: int) -> None:
    move, verdict = _MOVES[event]
    now = clock.now()
    request.state = next_state(RequestState(request.state), event)
    request.decided_at = request.changed_at = now
    if event is RequestEvent.APPROVE:
        request.approved_at = now
        request.closes_at = now + timedelta(days=policy_numbers().most_open_days)
    if event is not RequestEvent.RETURN and request.public_at is None:
        request.public_at = now + timedelta(days=request.publish_delay_days)
    request.save()
    record(
        kind=EntryKind.REQUEST_DECIDED,
        subject_id=request.pk,
        body={
            "agency": request.agency.ori,
            "round": request.round,
            "verdict": str(verdict),
            "reviewers": reviewers,
            "closes_at": request.closes_at,
        },
        hidden={"public_reason": request.public_reason, "danger": request.danger_found},
    )
    tell(move, request)
