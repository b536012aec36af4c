"""Asking the owners of an approved request, and forgetting who was asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.server.consent import asking
from porchlight.server.consent.access import KEY_ENTRY
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.outbox import handler
from porchlight.server.foundation.worker import every
from porchlight.server.transparency.access import is_logged
from porchlight.server.video_requests.access import OpenRequest, open_request

_LOG_PAUSE = timedelta(seconds=1)


@handler("video_request.approved")
def ask_owners(event: OutboxEvent, now: datetime) -> bool:
    """One part of the asking; `cursor` holds the last household asked. True when all were, or none may be any more."""
    request = _still_open(UUID(event.payload["request_id"]), now)
    if request is None:
        return True
    if not is_logged(request.id, KEY_ENTRY):
        # Other events go first; nobody is asked before the log holds the key that owners will check.
        with housekeeping("consent.wait_for_log"):
            OutboxEvent.objects.filter(pk=event.pk).update(available_at=now + _LOG_PAUSE)
        return False
    after = event.cursor.get("after")
    last = asking.ask_some(request, UUID(after) if after else None)
    if last is None:
        return True
    event.cursor = {"after": str(last)}
    return False


@every(timedelta(minutes=1), "consent.note_ends")
def note_ends(now: datetime) -> bool:
    """Drop what was not sent for requests that ended meanwhile."""
    for request_id in asking.not_ended():
        if _still_open(request_id, now) is None:
            asking.note_end(request_id=request_id)
    return False


@every(timedelta(hours=1), "consent.forget")
def forget(now: datetime) -> bool:
    """Forget who was asked, thirty days after the end."""
    for request_id in asking.ended_before(now - asking.KEPT_AFTER_CLOSE):
        asking.forget(request_id=request_id)
    return False


def _still_open(request_id: UUID, now: datetime) -> OpenRequest | None:
    try:
        request = open_request(request_id)
    except NotFound:
        return None
    return request if request.open_at(now) else None
