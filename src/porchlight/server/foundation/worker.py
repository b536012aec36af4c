"""The background worker: `run()` over `run_once()`.

Periodic work (sending due notices, sequencing the log, expiring shares) registers itself with `every`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.db.utils import OperationalError

from porchlight.server.foundation import clock, locks, outbox

_IDLE_S = 0.5
_log = logging.getLogger(__name__)


@dataclass
class _Periodic:
    name: str
    pause: timedelta
    work: Callable[[datetime], bool]
    lone: bool = False
    next_at: datetime | None = None
    failing: bool = False


_periodic: dict[str, _Periodic] = {}


def every(
    pause: timedelta, name: str, *, lone: bool = False
) -> Callable[[Callable[[datetime], bool]], Callable[[datetime], bool]]:
    """Register work to be called at least `pause` apart. It returns True when it has more to do right now.

    `lone`: of many workers one does it at a time, so that the others are free for other work.
    """

    def register(work: Callable[[datetime], bool]) -> Callable[[datetime], bool]:
        _periodic[name] = _Periodic(name, pause, work, lone)
        return work

    return register


def run_once(now: datetime) -> bool:
    """Do one round of what is due; True when there may be more to do at once."""
    busy = outbox.run_once(now)
    for job in _periodic.values():
        if job.next_at is None or job.next_at <= now:
            more = _run(job, now)
            job.next_at = now if more else now + job.pause
            busy = busy or more
    return busy


def run(stop: threading.Event) -> None:
    """Work until `stop` is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            busy = run_once(clock.now())
        except OperationalError:
            _log.exception("the database did not answer; trying again")
            busy = False
        if not busy:
            stop.wait(_IDLE_S)


def _run(job: _Periodic, now: datetime) -> bool:
    try:
        if job.lone:
            with locks.alone(f"worker {job.name}") as mine:
                more = mine and job.work(now)
        else:
            more = job.work(now)
    except Exception:  # noqa: BLE001 - a supervisor loop: logged once on failure, once on recovery
        if not job.failing:
            _log.exception("%s fails; it is tried again every %s", job.name, job.pause)
        job.failing = True
        return False
    if job.failing:
        _log.info("%s works again", job.name)
    job.failing = False
    return more


@every(timedelta(hours=1), "outbox.forget")
def _forget(now: datetime) -> bool:
    outbox.forget_done(now)
    return False
