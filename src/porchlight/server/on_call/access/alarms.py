"""Urgent requests that wait: who has taken them on, and what this reviewer may do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from porchlight.core.lifecycle import RequestState
from porchlight.core.visibility import Action, Actor, Facts, decide
from porchlight.server.on_call.models import Alarm


@dataclass(frozen=True)
class Awaited:
    """An urgent request in its round. `takers`: who said that they are on it; `paged`: who was asked so far.

    `lacking`: how many more must be on it, as the request takes two where its rules say so.
    """

    request_id: UUID
    takers: tuple[str, ...]
    paged: tuple[str, ...]
    lacking: int
    may_acknowledge: bool
    may_hand_on: bool


def is_over(alarm: Alarm) -> bool:
    """Whether nobody needs to be paged any more: it was decided, withdrawn, or is in another round."""
    return alarm.request.state != RequestState.SIGNED or alarm.request.round != alarm.round


def facts_of(alarm: Alarm) -> Facts:
    """What the table is told about it."""
    return {
        "paged_ids": {str(each.reviewer_id) for each in alarm.pages.all() if each.handed_on_at is None},
        "state": "over" if is_over(alarm) else "open",
    }


def awaited(actor: Actor, request_ids: Collection[UUID]) -> dict[UUID, Awaited]:
    """Those of the requests that somebody is or was paged for in their present round."""
    rows = Alarm.objects.filter(request_id__in=request_ids).select_related("request")
    found = {}
    for alarm in rows.prefetch_related("pages__reviewer"):
        facts = facts_of(alarm)
        if is_over(alarm) or not decide(actor, Action.ALARM_READ, facts):
            continue
        pages = sorted(alarm.pages.all(), key=lambda each: (each.paged_at or alarm.opened_at, str(each.pk)))
        own = next((each for each in pages if str(each.reviewer_id) == actor.user_id), None)
        taken = own is not None and own.acknowledged_at is not None
        found[alarm.request_id] = Awaited(
            request_id=alarm.request_id,
            takers=tuple(each.reviewer.name for each in pages if each.acknowledged_at),
            paged=tuple(each.reviewer.name for each in pages if each.paged_at),
            lacking=max(0, alarm.request.reviewers_needed - ways_of(alarm)),
            may_acknowledge=not taken and bool(decide(actor, Action.ALARM_ACKNOWLEDGE, facts)),
            may_hand_on=bool(decide(actor, Action.ALARM_HAND_ON, facts)),
        )
    return found


def ways_of(alarm: Alarm) -> int:
    """How many have taken it on and not handed it on."""
    return sum(each.acknowledged_at is not None and each.handed_on_at is None for each in alarm.pages.all())
