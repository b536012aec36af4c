"""Who is paged for an urgent request, and in which order. Pure: shifts and moments in, people out.

Invariants: nobody is paged twice for one request; who passed it on is not asked again; where nobody is on call everybody
is paged at once; a ladder has three steps and ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

PersonId = str
STEP = timedelta(minutes=10)
"""How long each step has to be acknowledged."""
FIRST, NEXT, EVERYBODY = 0, 1, 2
LONGEST = timedelta(days=14)
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Shift:
    """One reviewer is on call from `starts_at` (included) to `ends_at` (excluded), both aware."""

    reviewer: PersonId
    starts_at: datetime
    ends_at: datetime

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


def on_call(shifts: Iterable[Shift], at: datetime) -> tuple[PersonId, ...]:
    """Who is on call at this moment, whose shift began first before others."""
    return _people(sorted((each for each in shifts if each.covers(at)), key=_begin))


def ladder(shifts: Iterable[Shift], at: datetime) -> tuple[PersonId, ...]:
    """Who is on call now, then who will be, in the order of the rota; each once."""
    left = [each for each in shifts if each.ends_at > at]
    return _people(sorted(left, key=lambda each: (not each.covers(at), *_begin(each))))


def to_page(
    step: int,
    *,
    needed: int,
    rota: Sequence[PersonId],
    now_on_call: Collection[PersonId],
    everybody: Sequence[PersonId],
    already: Collection[PersonId],
) -> tuple[PersonId, ...]:
    """Whom this step pages. `already`: who was paged for it before, whatever they answered.

    The first step pages as many as must decide, from those on call; the second as many of those who come next; the
    third everybody. A step that finds nobody pages everybody.
    """
    left = [each for each in everybody if each not in already]
    if step >= EVERYBODY or not now_on_call:
        return tuple(left)
    known = set(left)
    return tuple(each for each in rota if each in known)[:needed] or tuple(left)


def gaps(shifts: Iterable[Shift], start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """The times between `start` and `end` at which nobody is on call."""
    found, reached = [], start
    for each in sorted(shifts, key=_begin):
        if each.ends_at <= reached:
            continue
        if each.starts_at >= end:
            break
        if each.starts_at > reached:
            found.append((reached, each.starts_at))
        reached = each.ends_at
    if reached < end:
        found.append((reached, end))
    return tuple(found)


def _people(shifts: Iterable[Shift]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(each.reviewer for each in shifts))


def _begin(shift: Shift) -> tuple[datetime, datetime, PersonId]:
    return shift.starts_at, shift.ends_at, shift.reviewer
