"""The rota, for reviewers and operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.core.on_call import Shift as Duty
from porchlight.core.on_call import gaps, on_call
from porchlight.core.visibility import Action, Actor, decide
from porchlight.server.foundation import clock
from porchlight.server.on_call.models import Reach, Shift

AHEAD = timedelta(days=14)
_MOST_SHIFTS = 200


@dataclass(frozen=True)
class ShiftRow:
    """A shift as the rota shows it, and what this reviewer may do with it."""

    id: UUID
    name: str
    mine: bool
    starts_at: datetime
    ends_at: datetime
    running: bool
    may_take_over: bool
    may_remove: bool


@dataclass(frozen=True)
class Rota:
    """The coming two weeks. `now`: who is on call at this moment; `gaps`: when nobody is, `gap_now` among them."""

    shifts: tuple[ShiftRow, ...]
    now: tuple[str, ...]
    gaps: tuple[tuple[datetime, datetime], ...]
    gap_now: bool
    mine_now: bool


@dataclass(frozen=True)
class OwnReach:
    """The reviewer's own webhook. `said`: why it was not taken the last time; empty while all is well."""

    url: str
    secret: str
    said: str
    last_at: datetime | None


def rota(actor: Actor) -> Rota:
    """Raises NotFound for whoever may not see it."""
    if not decide(actor, Action.SHIFT_READ, {}):
        raise NotFound
    now = clock.now()
    rows = list(shifts_from(now, until=now + AHEAD).select_related("reviewer")[:_MOST_SHIFTS])
    duties = [duty(each) for each in rows]
    names = {str(each.reviewer_id): each.reviewer.name for each in rows}
    on_duty = on_call(duties, now)
    missing = gaps(duties, now, now + AHEAD)
    return Rota(
        shifts=tuple(_row(actor, each, now) for each in rows),
        now=tuple(names[each] for each in on_duty),
        gaps=missing,
        gap_now=not on_duty,
        mine_now=actor.user_id in on_duty,
    )


def shifts_from(now: datetime, *, until: datetime | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a queryset
    """The shifts of people still at the desk that are not over, the earliest first."""
    rows = Shift.objects.filter(ends_at__gt=now, reviewer__is_active=True)
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    return rows.order_by("starts_at", "ends_at", "id")


def duty(shift: Shift) -> Duty:
    """The shift as the core knows it."""
    return Duty(str(shift.reviewer_id), shift.starts_at, shift.ends_at)


def state_of(shift: Shift, now: datetime) -> str:
    """coming, running or past."""
    if shift.ends_at <= now:
        return "past"
    return "running" if shift.starts_at <= now else "coming"


def own_reach(actor: Actor) -> OwnReach | None:
    """The reviewer's own webhook, None without one."""
    row = Reach.objects.filter(reviewer_id=UUID(actor.user_id)).first() if actor.user_id else None
    return OwnReach(row.url, row.secret, row.said, row.last_at) if row else None


def _row(actor: Actor, shift: Shift, now: datetime) -> ShiftRow:
    facts = {"reviewer_id": str(shift.reviewer_id), "state": state_of(shift, now)}
    return ShiftRow(
        id=shift.pk,
        name=shift.reviewer.name,
        mine=str(shift.reviewer_id) == actor.user_id,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        running=facts["state"] == "running",
        may_take_over=bool(decide(actor, Action.SHIFT_TAKE_OVER, facts)),
        may_remove=bool(decide(actor, Action.SHIFT_REMOVE, facts)),
    )
