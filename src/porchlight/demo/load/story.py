"""The demo's time: what happened in Alder Falls before today is done with the server's clock set to when it happened."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from porchlight.demo.people import TIMEZONE
from porchlight.server.foundation import clock, worker
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.notifications.models import Notice

ZONE = zoneinfo.ZoneInfo(TIMEZONE)
_MOST_ROUNDS = 500
# What is due later, such as paging the next reviewer, is a part of the story that may still come.
_SOON = timedelta(minutes=1)


class Unsettled(RuntimeError):
    """The background work of the demo does not come to an end."""


class Story:
    """A clock that the fill moves; it never goes back."""

    def __init__(self, today: datetime) -> None:
        self.today = today.astimezone(ZONE)
        self.at = today.astimezone(UTC) - timedelta(days=60)

    def __call__(self) -> datetime:
        return self.at

    def day(self, days_ago: int) -> date:
        """The local date so many days before today."""
        return self.today.date() - timedelta(days=days_ago)

    def moment(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """A local time of day so many days ago, in UTC."""
        local = datetime.combine(self.day(days_ago), time(hour, minute), ZONE)
        return local.astimezone(UTC)

    def go_to(self, moment: datetime) -> None:
        """Go on to a moment; one that has passed already leaves the clock where it is."""
        self.at = max(self.at, moment)

    def settle(self) -> None:
        """Let the platform's own work happen: log, asking, mail. Raises Unsettled if it does not end."""
        for _ in range(_MOST_ROUNDS):
            busy = worker.run_once(self.at)
            if not busy and not _waiting():
                return
            if not busy:
                self.at += timedelta(seconds=1)
        raise Unsettled("events are left over: " + ", ".join(_waiting()))


@contextmanager
def story_of(today: datetime) -> Iterator[Story]:
    """The server's clock in the story's hand."""
    story = Story(today)
    with clock.use_clock(story):
        yield story


def _waiting() -> list[str]:
    """What is still to be done; notices are due within seconds in the demo."""
    soon = clock.now() + _SOON
    events = OutboxEvent.objects.filter(done_at=None, available_at__lte=soon).values_list("topic", flat=True)
    notices = Notice.objects.filter(sent_at=None, given_up_at=None).count()
    return [*events, *(["notices"] if notices and settings.PORCHLIGHT.demo else [])]
