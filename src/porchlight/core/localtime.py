"""What a person types into a date-and-time field, as a moment.

Twice a year an hour is missing and an hour comes twice. Nothing is guessed: the missing hour is refused, and for the
hour that comes twice the person is asked which one.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, tzinfo
from functools import cache

from porchlight.core.errors import Refused
from porchlight.core.reasons import Reason, reason

_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?", re.ASCII)
_FOLDS = (0, 1)


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones. To list them walks through hundreds of files, so it is done once."""
    return frozenset(zoneinfo.available_timezones())


def to_instant(text: str, zone: tzinfo, fold: int | None = None) -> datetime:
    """The moment in UTC that local `text` (YYYY-MM-DDTHH:MM, seconds possible) names in the zone.

    `fold` says which of two: 0 the earlier, 1 the later; it is not looked at where there is only one. Raises
    Refused: `time_not_readable`, `time_does_not_exist` (with the moments before and after the gap, as that clock
    shows them), `time_is_ambiguous` (with both moments, offsets shown).
    """
    local = _read(text)
    first, second = (local.replace(tzinfo=zone, fold=each) for each in _FOLDS)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise Refused((_missing(text, first, second, zone),))
    if fold in _FOLDS:
        return (second if fold else first).astimezone(UTC)
    raise Refused(
        (reason("time_is_ambiguous", given=text, earlier=first.isoformat(), later=second.isoformat()),)
    )


def _read(text: str) -> datetime:
    if not _SHAPE.fullmatch(text):
        raise Refused((reason("time_not_readable"),))
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused((reason("time_not_readable"),)) from error


def _missing(text: str, first: datetime, second: datetime, zone: tzinfo) -> Reason:
    """In a gap the first fold reads the clock as it was before, the second as it is after."""
    before, after = sorted(each.astimezone(UTC).astimezone(zone).isoformat() for each in (first, second))
    return reason("time_does_not_exist", given=text, before=before, after=after)
