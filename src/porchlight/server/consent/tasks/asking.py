"""Asking the owners of an approved request, and forgetting who was asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.server.consent import actions
from porchlight.server.consent.access import KEY_ENTRY, ended_before, not_ended
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.outbox import handler
from porchlight.server.foundation.worker import every
from porchlight.server.households.access import Member, households_in, members_of
from porchlight.server.transparency.access import is_logged
from porchlight.server.video_requests.access import OpenRequest, open_request

KEPT_AFTER_CLOSE = timedelta(days=30)
MOST_ROWS = 500
# An invitation and, at the least, one member's notice.
_HOUSEHOLDS = 240
_LOG_PAUSE = timedelta(milliseconds=250)
_REVIEW_PAUSE = timedelta(minutes=1)


@handler("video_request.approved")
def ask_owners(event: OutboxEvent, now: datetime) -> bool:
    """One part of the asking; `cursor` holds the last household asked. True when all were, or none may be any more."""
    request = _still_open(UUID(event.payload["request_id"]), now)
    if request is None:
        return True
    if request.paused or not is_logged(request.id, KEY_ENTRY):
        # Other events go first; nobody is asked before the log holds the key that owners will check.
        pause = _REVIEW_PAUSE if request.paused else _LOG_PAUSE
        with housekeeping("consent.wait"):
            OutboxEvent.objects.filter(pk=event.pk).update(available_at=now + pause)
        return False
    after = event.cursor.get("after")
    last = ask_some(request, UUID(after) if after else None)
    if last is None:
        return True
    event.cursor = {"after": str(last)}
    return False


@every(timedelta(minutes=1), "consent.note_ends")
def note_ends(now: datetime) -> bool:
    """Drop what was not sent for requests that ended meanwhile."""
    for request_id in not_ended():
        if _still_open(request_id, now) is None:
            actions.note_end(request_id=request_id)
    return False


@every(timedelta(hours=1), "consent.forget")
def forget(now: datetime) -> bool:
    """Forget who was asked, thirty days after the end."""
    for request_id in ended_before(now - KEPT_AFTER_CLOSE):
        actions.forget(request_id=request_id)
    return False


def ask_some(request: OpenRequest, after: UUID | None) -> UUID | None:
    """Ask the next part of the households, in the order of their ids. Returns the last one asked, None at the end."""
    found = households_in(
        request.area, agency_id=request.agency_id, offense=request.offense, after=after, about=_HOUSEHOLDS
    )
    part = list(islice(found, _HOUSEHOLDS))
    if not part:
        return None
    by_household: dict[UUID, list[Member]] = {}
    for member in members_of(part):
        by_household.setdefault(member.household_id, []).append(member)
    fitting = _fitting(part, by_household)
    actions.ask(
        request_id=request.id,
        approved_at=request.approved_at,
        members={key: by_household.get(key, []) for key in fitting},
    )
    return fitting[-1]


def _fitting(part: list[UUID], members: dict[UUID, list[Member]]) -> list[UUID]:
    """As many households from the start as fit into one transaction, at least one."""
    rows = 1
    fitting: list[UUID] = []
    for household_id in part:
        rows += 1 + len(members.get(household_id, []))
        if fitting and rows > MOST_ROWS:
            break
        fitting.append(household_id)
    return fitting


def _still_open(request_id: UUID, now: datetime) -> OpenRequest | None:
    try:
        request = open_request(request_id)
    except NotFound:
        return None
    return request if request.stands_at(now) else None
