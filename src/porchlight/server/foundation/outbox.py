"""The outbox is the queue: a row stands until its work is done, whatever happens to the worker.

A worker takes one due row under a lease, runs the handler of its topic, and marks it done. A worker that dies leaves
its lease to run out; the row is then taken again. So a handler may meet its own half-done work and must carry on
from what the tables say (`event.cursor` is its own place to remember how far it came).
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from porchlight.server.foundation import walls
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.leases import at_lone_start
from porchlight.server.foundation.models import OutboxEvent

LEASE = timedelta(minutes=2)
_BACKOFF_CAP_S = 600
_KEEP_DONE = timedelta(days=2)

Handler = Callable[[OutboxEvent, datetime], bool]
_handlers: dict[str, Handler] = {}
_for_agency: set[str] = set()
_log = logging.getLogger(__name__)


def handler(topic: str, *, for_agency: bool = False) -> Callable[[Handler], Handler]:
    """Register the handler of a topic. It returns True when all is done, False to be called again for the rest.

    One that writes what an agency will read works `for_agency`: behind the agency side's wall.
    """

    def register(function: Handler) -> Handler:
        if topic in _handlers:
            raise ValueError(f"{topic} has a handler already")
        _handlers[topic] = function
        if for_agency:
            _for_agency.add(topic)
        return function

    return register


def run_once(now: datetime, *, lease: timedelta = LEASE) -> bool:
    """Take one due event and handle it (or one part of it). False when nothing is due.

    An event whose handler fails is tried again after a growing pause; the error is logged once a try.
    """
    event = _claim(now, lease)
    if event is None:
        return False
    try:
        with walls.behind() if event.topic in _for_agency else nullcontext():
            finished = _handlers[event.topic](event, now)
    except Exception as error:  # noqa: BLE001 - the supervisor of all handlers: one that fails must not stop the others
        # Where it failed, without the error's words: a mail server's refusal names the recipient.
        where = "".join(traceback.format_tb(error.__traceback__))
        kind = type(error).__name__
        _log.error(
            "outbox event %s (%s) failed, try %s: %s\n%s", event.pk, event.topic, event.attempts, kind, where
        )
        with housekeeping("outbox.retry"):
            wait = timedelta(seconds=min(2**event.attempts, _BACKOFF_CAP_S))
            OutboxEvent.objects.filter(pk=event.pk).update(leased_until=None, available_at=now + wait)
        return True
    with housekeeping("outbox.done"):
        own = OutboxEvent.objects.filter(pk=event.pk)
        if finished:
            own.update(leased_until=None, done_at=now)
        else:
            own.update(leased_until=None, attempts=0, cursor=event.cursor)
            # To the end of the queue: mail to an agency must not wait for as long as there are owners to ask.
            own.filter(available_at__lt=now).update(available_at=now)
    return True


@at_lone_start
def release_all(_now: datetime) -> None:
    """End every lease: for a start at which no other worker runs."""
    with housekeeping("outbox.release"):
        OutboxEvent.objects.filter(done_at=None).update(leased_until=None)


def forget_done(now: datetime) -> None:
    """Remove events that were done two days ago: what happened must not be readable from the queue."""
    with housekeeping("outbox.forget"):
        OutboxEvent.objects.filter(done_at__lt=now - _KEEP_DONE).delete()


def _claim(now: datetime, lease: timedelta) -> OutboxEvent | None:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    with housekeeping("outbox.claim"), transaction.atomic():
        due = OutboxEvent.objects.filter(free, done_at=None, available_at__lte=now)
        event = due.select_for_update(skip_locked=True).order_by("available_at", "pk").first()
        if event is None:
            return None
        OutboxEvent.objects.filter(pk=event.pk).update(leased_until=now + lease, attempts=F("attempts") + 1)
        event.attempts += 1
        return event
