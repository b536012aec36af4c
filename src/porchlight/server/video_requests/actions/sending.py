"""Sending a request to the supervisor: every rule is decided again, here, under the lock that counts requests."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from porchlight.core.errors import Conflict, Refused
from porchlight.core.lifecycle import EDITABLE_STATES, RequestEvent, RequestState, next_state
from porchlight.core.log_entries import EntryKind
from porchlight.core.policy import danger_reasons, reviewers_needed, violations
from porchlight.core.visibility import Action, Actor
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.transparency.actions import record
from porchlight.server.video_requests.access.delays import delay_reasons
from porchlight.server.video_requests.access.drafts import Draft, draft_of
from porchlight.server.video_requests.access.numbers import policy_numbers
from porchlight.server.video_requests.access.seeing import require
from porchlight.server.video_requests.access.standing import standing
from porchlight.server.video_requests.actions.key_wraps import (
    Wrap,
    check_key,
    check_wraps,
    has_wraps_for,
    store_wraps,
)
from porchlight.server.video_requests.actions.locking import locked_own, same_version
from porchlight.server.video_requests.actions.telling import tell
from porchlight.server.video_requests.models import VideoRequest


@action("video_request.submit")
def submit(
    *,
    by: Actor | None,
    request_id: UUID | str,
    q_recipient: str = "",
    wraps: Sequence[Wrap] = (),
    version: int | None = None,
) -> VideoRequest:
    """Send the stored draft (or returned request) to the supervisor, with the request identity Q.

    A returned request keeps its Q when none is given. A second, equal send changes nothing. Raises Refused with all
    that is broken, Conflict("request_moved_on") if it went on in another way, NotFound.
    """
    request = locked_own(by, request_id)
    assert by is not None  # noqa: S101 - nobody sees no request
    if request.state == RequestState.SUBMITTED and q_recipient and request.q_recipient == q_recipient:
        return request
    if request.state not in EDITABLE_STATES:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_SUBMIT, request)
    same_version(request, version)
    _decide_rules(request)
    _take_key(request, by, q_recipient, wraps)
    _move(request)
    request.save()
    _write_down(request)
    audit(f"video_request:{request.pk}", round=request.round)
    tell("submitted", request)
    return request


def _decide_rules(request: VideoRequest) -> None:
    """Raises Refused with every broken rule; notes how many reviewers are needed."""
    draft, now = draft_of(request), clock.now()
    facts = draft.facts()
    agency = standing(request.agency, facts, without=request.pk, now=now)
    objections = (
        *violations(facts, agency, policy_numbers(), now),
        *danger_reasons(facts),
        *delay_reasons(draft),
    )
    if objections:
        raise Refused(objections)
    needed, why = reviewers_needed(facts, agency)
    request.reviewers_needed = needed
    request.reviewer_reasons = [each.as_dict() for each in why]


def _take_key(request: VideoRequest, by: Actor, q_recipient: str, wraps: Sequence[Wrap]) -> None:
    if not q_recipient and not wraps and request.q_recipient and has_wraps_for(request, by):
        return
    recipient = check_key(q_recipient)
    check_wraps(by, wraps)
    store_wraps(request, wraps)
    request.q_recipient = recipient


def _move(request: VideoRequest) -> None:
    now = clock.now()
    came_back = request.submitted_at is not None
    request.state = next_state(RequestState(request.state), RequestEvent.SUBMIT)
    request.submitted_at = request.changed_at = now
    request.round += 1 if came_back else 0
    request.signed_by = request.signed_at = None
    request.decided_at = None
    request.supervisor_note = request.public_reason = request.danger_found = ""
    request.was_urgent = request.was_urgent or request.urgent
    request.typed, request.unread = {}, {}
    request.version += 1


def _write_down(request: VideoRequest) -> None:
    """Into the public log: who asks and Q at once, the rest as salted hashes until it may be read."""
    draft: Draft = draft_of(request)
    record(
        kind=EntryKind.REQUEST_SUBMITTED,
        subject_id=request.pk,
        body={"agency": request.agency.ori, "round": request.round, "q": request.q_recipient},
        hidden={
            "public_facts": {
                "offense": request.offense,
                "case_number": request.case_number,
                "area": request.area,
                "starts_at": request.starts_at,
                "ends_at": request.ends_at,
                "summary": request.public_summary,
            },
            # Always there, so that its presence says nothing before it may be read.
            "danger": {
                "danger_to_life": request.urgent,
                "reason": request.danger_reason if request.urgent else "",
            },
            "case_facts": {
                "factual_basis": request.factual_basis,
                "flags": sorted(draft.flags),
                "publish_delay_days": request.publish_delay_days,
                "publish_delay_reason": request.publish_delay_reason,
                "requester": request.created_by_id,
            },
        },
    )
