"""When one person is on call, for whoever is about to stop them from working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.core.on_call import gaps
from porchlight.core.visibility import Action, Actor, decide
from porchlight.server.foundation import clock
from porchlight.server.on_call.access.rota import AHEAD, duty, shifts_from


@dataclass(frozen=True)
class Duty:
    """A person's shift that runs, else the next one. `covered`: others are on call at every moment that is left of it."""

    starts_at: datetime
    ends_at: datetime
    running: bool
    covered: bool


def duty_of(actor: Actor, user_id: UUID) -> Duty | None:
    """Of the coming two weeks; None for whoever is in no shift. Raises NotFound for whoever may not see the rota."""
    if not decide(actor, Action.SHIFT_READ, {}):
        raise NotFound
    now = clock.now()
    rows = list(shifts_from(now, until=now + AHEAD))
    own = next((each for each in rows if each.reviewer_id == user_id), None)
    if own is None:
        return None
    others = [duty(each) for each in rows if each.reviewer_id != user_id]
    return Duty(
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        running=own.starts_at <= now,
        covered=not gaps(others, max(now, own.starts_at), own.ends_at),
    )
