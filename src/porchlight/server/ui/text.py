"""How times, lengths and sizes are said to people. All through gettext; the reader's zone is Django's current one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import dateformat, formats, timezone
from django.utils.translation import gettext, ngettext

_KILO = 1000
_SMALL_AREA = 0.1


def local(moment: datetime) -> datetime:
    """The moment in the reader's zone. Naive times are refused: they name no moment."""
    if timezone.is_naive(moment):
        raise ValueError("A time without a zone names no moment")
    return timezone.localtime(moment)


def clock(moment: datetime) -> str:
    """Time of day in the reader's zone, e.g. `9:00 pm`; a reader without a zone is told `9:00 pm UTC`."""
    here = local(moment)
    half = gettext("am") if here.hour < 12 else gettext("pm")  # noqa: PLR2004 - noon
    text = gettext("%(time)s %(half)s") % {"time": dateformat.format(here, "g:i"), "half": half}
    return f"{text} UTC" if here.tzname() == "UTC" else text


def day(moment: date, *, short: bool = False) -> str:
    """`Tuesday, March 10, 2026`, or short `Mar 10, 2026`. A datetime is taken in the reader's zone."""
    here = local(moment) if isinstance(moment, datetime) else moment
    return dateformat.format(here, gettext("M j, Y") if short else gettext("l, F j, Y"))


def moment_text(moment: datetime, *, short: bool = False) -> str:
    """`Tuesday, March 10, 2026, 9:00 pm`, or short `Mar 10, 2026, 9:00 pm`."""
    return gettext("%(day)s, %(time)s") % {"day": day(moment, short=short), "time": clock(moment)}


def duration(length: timedelta) -> str:
    """`14 hours 30 minutes`, `1 day`, `45 minutes`: the two largest units, whole minutes at least, rounded up."""
    minutes = -(-int(length.total_seconds()) // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, mins = divmod(rest, 60)
    parts = [
        (days, ngettext("%(n)s day", "%(n)s days", days)),
        (hours, ngettext("%(n)s hour", "%(n)s hours", hours)),
        (mins, ngettext("%(n)s minute", "%(n)s minutes", mins)),
    ]
    said = [text % {"n": formats.number_format(n)} for n, text in parts if n][:2]
    return " ".join(said) or gettext("no time")


def file_size(size: int) -> str:
    """A number of bytes as `820 bytes`, `3.3 MB`, `1.2 GB` (decimal units, as file managers show them)."""
    if size < _KILO:
        return ngettext("%(n)s byte", "%(n)s bytes", size) % {"n": size}
    value, unit = float(size), ""
    for unit in ("kB", "MB", "GB", "TB"):  # noqa: B007 - the last unit is used after the loop
        value /= _KILO
        if value < _KILO:
            break
    places = 0 if value >= 100 or round(value, 1).is_integer() else 1  # noqa: PLR2004 - three digits are enough
    return f"{formats.number_format(round(value, places), decimal_pos=places)} {unit}"


def square_miles_number(area: float) -> str:
    """`0.26`, and three decimals below 0.1: `0.025`."""
    places = 3 if area < _SMALL_AREA else 2
    # number_format cuts off; the map beside it rounds.
    return formats.number_format(round(area, places), decimal_pos=places)


def square_miles(area: float) -> str:
    """`0.26 square miles`."""
    return gettext("%(n)s square miles") % {"n": square_miles_number(area)}
