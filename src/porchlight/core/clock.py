"""Time is passed in: nothing in the core asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that says what time it is."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        ...


class FixedClock:
    """A clock that stands until it is moved; for tests and for replaying what was."""

    def __init__(self, at: datetime) -> None:
        self._at = in_utc(at)

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        """Moves on. Raises ValueError for a step back: `set` says that one means it."""
        if by < timedelta(0):
            raise ValueError("a clock advances forwards")
        self._at += by

    def set(self, at: datetime) -> None:
        self._at = in_utc(at)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, so that durations are elapsed time across a change of the clocks.

    Raises ValueError for a naive datetime: nobody can know which moment it names.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
