"""Doctor, first half: settings, files, disk, database, walls."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from porchlight.server.foundation import clock
from porchlight.server.foundation.models import AuditEntry, OutboxEvent
from porchlight.server.foundation.walls import keeping
from porchlight.server.operations.findings import Finding, ill, well
from porchlight.server.operations.readiness import missing_migrations

_LEAST_SECRET = 32
_LEAST_FREE_BYTES = 2 * 1024**3
_LEAST_FREE_SHARE = 0.05
_LEAST_POSTGRESQL = 15
_SKEW = timedelta(seconds=60)
_LATE = timedelta(minutes=15)
_TRIES = 5
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def settings_look_right() -> Iterator[Finding]:
    """What is set, as far as it can be judged without trying."""
    given = settings.PORCHLIGHT
    if given.secure and not given.trusted_proxy:
        yield ill(
            "settings",
            f"{given.base_url} is reached over HTTPS, and no proxy is trusted",
            "set PORCHLIGHT_TRUSTED_PROXY=1 when your own web server stands in front",
        )
    elif given.demo:
        yield ill("settings", "the demo's sign-in is on", "remove PORCHLIGHT_DEMO before anybody joins")
    else:
        yield well("settings", given.base_url)
    if len(settings.SECRET_KEY) < _LEAST_SECRET:
        yield ill(
            "secret",
            "the secret key is short",
            "set PORCHLIGHT_SECRET_KEY to 32 characters or more, or remove it and let one be made",
        )
    else:
        yield well("secret", "the secret key is long enough")


def files_are_private() -> Iterator[Finding]:
    """Who else on the machine may read what lies here."""
    root: Path = settings.PORCHLIGHT.data_dir
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        yield ill("data directory", f"{root} cannot be used", f"create it and give it to user {os.getuid()}")
        return
    open_to_others = [
        path
        for path in (root, root / "secret.key", root / "log.key", root / "porchlight.sqlite3")
        if path.exists() and path.stat().st_mode & _OTHERS
    ]
    if open_to_others:
        names = " ".join(str(path) for path in open_to_others)
        yield ill("data directory", "other users of this machine may read it", f"run: chmod go= {names}")
    else:
        yield well("data directory", f"{root} is readable by its user alone")


def disk_has_room() -> Iterator[Finding]:
    """Room for the database and the objects."""
    usage = shutil.disk_usage(settings.PORCHLIGHT.data_dir)
    text = f"{usage.free / 1024**3:.1f} GiB free of {usage.total / 1024**3:.1f}"
    if usage.free < max(_LEAST_FREE_BYTES, usage.total * _LEAST_FREE_SHARE):
        yield ill("disk", text, "make room: uploads stop before the disk is full, the database after")
    else:
        yield well("disk", text)


def database_is_well() -> Iterator[Finding]:
    """Whether it answers, keeps what it was told, and has this version's tables."""
    try:
        yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
        missing = missing_migrations()
    except DatabaseError as error:
        yield ill(
            "database", f"does not answer ({type(error).__name__})", "start it, check PORCHLIGHT_DATABASE_URL"
        )
        return
    if missing:
        yield ill("migrations", f"{len(missing)} are missing", "run: porchlight migrate")
        return
    yield well("migrations", "the database is at this version")
    gaps = keeping.gaps()
    for gap in gaps:
        yield ill("wall", gap, "run: porchlight migrate")
    if not gaps:
        yield well("wall", "the agency side reaches no table of the owners")


def work_gets_done() -> Iterator[Finding]:
    """The outbox: what is late, and what fails again and again."""
    now = clock.now()
    waiting = OutboxEvent.objects.filter(done_at=None)
    late = waiting.filter(available_at__lt=now - _LATE).count()
    failing = waiting.filter(attempts__gte=_TRIES).count()
    if late or failing:
        yield ill(
            "outbox",
            f"{late} events are late by 15 minutes, {failing} have failed {_TRIES} times",
            "start a worker if none runs; else read its log",
        )
    else:
        yield well("outbox", "nothing is late")


def clocks_agree() -> Iterator[Finding]:
    """This machine's clock against the database's, and against what was written before."""
    newest = AuditEntry.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is not None and newest - clock.now() > _SKEW:
        yield ill(
            "clock", "something was recorded in this machine's future", "set the clock; run a time service"
        )
        return
    if connection.vendor == "postgresql":
        skew = abs(_answer("SELECT clock_timestamp()") - clock.now())
        if skew > _SKEW:
            yield ill(
                "clock", f"differs from the database's by {skew}", "run a time service on both machines"
            )
            return
    yield well("clock", "agrees with what was written")


def _sqlite() -> Iterator[Finding]:
    mode, kept = _answer("PRAGMA journal_mode"), _answer("PRAGMA synchronous")
    if mode not in {"wal", "memory"} or kept != 2:  # noqa: PLR2004 - FULL
        yield ill(
            "durability",
            f"SQLite in mode {mode}/{kept}",
            "put the data directory on a local disk: WAL needs it",
        )
    elif (broken := _answer("PRAGMA quick_check")) != "ok":
        yield ill(
            "database", f"SQLite is damaged: {broken}", "stop the platform and restore the newest backup"
        )
    else:
        yield well("database", "SQLite, WAL, whole")


def _postgresql() -> Iterator[Finding]:
    version = int(_answer("SHOW server_version_num")) // 10000
    if version < _LEAST_POSTGRESQL:
        yield ill("database", f"PostgreSQL {version}", "upgrade PostgreSQL to 15 or newer")
    elif _answer("SHOW synchronous_commit") == "off" or _answer("SHOW fsync") == "off":
        yield ill(
            "durability",
            f"PostgreSQL {version} may forget what it answered for",
            "set fsync and synchronous_commit to on",
        )
    else:
        yield well("database", f"PostgreSQL {version}")


def _answer(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
