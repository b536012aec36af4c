"""`porchlight migrate`: bring the database to this version, and the agency side's wall with it.

The version before may run meanwhile, and others may migrate at the same moment.
"""

from __future__ import annotations

import fcntl
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup

LOCK_FILE = "migrate.lock"
# What waits for a table's lock makes everybody behind it wait too: so briefly, and again a little later.
_LOCK_TIMEOUT = "2s"
_TRIES, _PAUSE_S = 30, 2
_LOCK_NOT_AVAILABLE = "55P03"


def add(_parser: ArgumentParser) -> None:
    """No options."""


def run(_arguments: Namespace) -> int:
    """Apply what is missing; doing so twice, or on two machines at once, changes nothing."""
    setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up
    from django.db.utils import OperationalError  # noqa: PLC0415 - as above

    with _alone():
        for _ in range(_TRIES):
            try:
                call_command("migrate", interactive=False, verbosity=0)
                _raise_wall()
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                    raise
                time.sleep(_PAUSE_S)
            else:
                return 0
    raise CommandError("a table stayed locked by others for minutes: run `porchlight migrate` again later")


def _raise_wall() -> None:
    from porchlight.server.foundation.walls import keeping, postgres  # noqa: PLC0415 - after the set-up

    try:
        keeping.raise_wall()
    except postgres.RoleMissing as missing:
        raise CommandError(
            "the database is at this version, but the agency side has no role yet and this user may not make one;"
            f" run this as an administrator of the database, then migrate again: {missing}"
        ) from missing


@contextmanager
def _alone() -> Iterator[None]:
    """Of many that migrate one database, one does it and the others wait."""
    from django.conf import settings  # noqa: PLC0415 - after the set-up
    from django.db import connection  # noqa: PLC0415 - as above

    from porchlight.server.foundation import locks  # noqa: PLC0415 - as above

    data_dir = settings.PORCHLIGHT.data_dir
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / LOCK_FILE).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{_LOCK_TIMEOUT}'")
                cursor.execute("SET statement_timeout = 0")
                cursor.execute("SET idle_in_transaction_session_timeout = 0")
        while True:
            with locks.alone("migrate") as mine:
                if mine:
                    yield
                    return
            time.sleep(_PAUSE_S)
