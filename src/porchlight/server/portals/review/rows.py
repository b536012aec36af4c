"""What a row of the queue says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from porchlight.server.foundation import clock
from porchlight.server.ui.words import offense_label
from porchlight.server.video_requests import access


@dataclass(frozen=True)
class Row:
    """One request that waits, and for how long since its supervisor signed."""

    id: UUID
    offense: str
    agency: str
    waited: timedelta
    two_reviewers: bool
    urgent: bool
    came_back: bool
    answered: bool


def rows_of(waiting: Iterable[access.Waiting]) -> tuple[Row, ...]:
    """The rows in the queue's own order."""
    now = clock.now()
    return tuple(
        Row(
            id=each.request.pk,
            offense=offense_label(each.request.offense),
            agency=each.request.agency.name,
            waited=now - (each.request.signed_at or now),
            two_reviewers=each.request.reviewers_needed > 1,
            urgent=each.urgent,
            came_back=each.came_back,
            answered=each.answered,
        )
        for each in waiting
    )
