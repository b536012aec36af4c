"""How a request ends: its agency withdraws it, or its time is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from porchlight.core.errors import Conflict
from porchlight.core.lifecycle import FINAL_STATES, RequestEvent, RequestState, next_state
from porchlight.core.log_entries import EntryKind
from porchlight.core.visibility import Action, Actor
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.transparency.actions import record
from porchlight.server.video_requests.access.seeing import require
from porchlight.server.video_requests.actions.locking import locked_by_system, locked_own
from porchlight.server.video_requests.actions.telling import tell
from porchlight.server.video_requests.models import KeyWrap, VideoRequest

BATCH = 50


@action("video_request.withdraw")
def withdraw(*, by: Actor | None, request_id: UUID | str) -> VideoRequest:
    """Take back a request that was sent and has not ended; owners who were asked are told that it is over.

    For its author, or a supervisor of the agency. A second click changes nothing. Raises Refused, Conflict if it
    ended in another way (a draft is discarded, not withdrawn), NotFound.
    """
    request = locked_own(by, request_id)
    if request.state == RequestState.WITHDRAWN:
        return request
    if request.state in FINAL_STATES or request.submitted_at is None:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_WITHDRAW, request)
    now = clock.now()
    was = request.state
    request.state = next_state(RequestState(request.state), RequestEvent.WITHDRAW)
    request.withdrawn_at = request.changed_at = now
    request.typed, request.unread = {}, {}
    if request.public_at is None:
        request.public_at = now + timedelta(days=request.publish_delay_days)
    request.save()
    if request.approved_at is None:
        # No owner ever saw it, so nothing can have been sealed to Q.
        KeyWrap.objects.filter(request=request).delete()
    body = {"agency": request.agency.ori, "round": request.round, "was": was}
    record(kind=EntryKind.REQUEST_WITHDRAWN, subject_id=request.pk, body=body)
    audit(f"video_request:{request.pk}", was=was)
    tell("withdrawn", request)
    return request


@action("video_request.expire")
def expire(*, now: datetime, by: Actor | None = None) -> bool:
    """Close the requests whose time is over; True when there may be more."""
    del by
    due = VideoRequest.objects.filter(state=RequestState.APPROVED, closes_at__lte=now)
    ids = list(due.order_by("closes_at", "id").values_list("pk", flat=True)[:BATCH])
    for request_id in ids:
        _close(request_id, now)
    return len(ids) == BATCH


def _close(request_id: UUID, now: datetime) -> None:
    request = locked_by_system(request_id)
    if request.state != RequestState.APPROVED or request.closes_at is None or request.closes_at > now:
        return
    request.state = next_state(RequestState(request.state), RequestEvent.EXPIRE)
    request.closed_at = request.changed_at = now
    request.save(update_fields=["state", "closed_at", "changed_at"])
    record(kind=EntryKind.REQUEST_CLOSED, subject_id=request.pk, body={"agency": request.agency.ori})
    audit(f"video_request:{request.pk}")
    tell("closed", request)
