"""What a killed worker had taken is free again at the next start, not only when its lease has run out.

On the embedded database every worker holds a shared lock on one file as long as it lives; the system lets go of it
however the worker ends. Who gets that lock alone at its start is the only worker there is, so a lease that stands is a
dead one's. Workers on PostgreSQL may stand on many machines: there a lease runs out by itself.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection

from porchlight.server.foundation import clock

LOCK_FILE = "workers.lock"

Release = Callable[[datetime], None]
_releases: list[Release] = []


def at_lone_start(release: Release) -> Release:
    """Register what ends the leases of one table. It is called before a worker's work where no other worker runs."""
    _releases.append(release)
    return release


@contextmanager
def working(data_dir: Path) -> Iterator[None]:
    """Be a running worker of this installation; begins with ending dead workers' leases where that is certain."""
    if connection.vendor != "sqlite":
        yield
        return
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / LOCK_FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # another worker runs, and may hold any of the leases
        else:
            for release in _releases:
                release(clock.now())
        fcntl.flock(file, fcntl.LOCK_SH)
        yield
