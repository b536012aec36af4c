"""Locks by name, for what no row stands for.

On SQLite one transaction writes at a time, so a transaction that began is alone already. On PostgreSQL these are
advisory locks; one whose process dies is free at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def hold(name: str) -> None:
    """Wait until this transaction alone holds `name`, to its end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number_of(name)])


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether no other process holds `name` now; if so, it is this one's while the block runs. Waits for nobody."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number_of(name)])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        # A connection that broke meanwhile has let go of it, and a new one does not hold it: that is no error.
        if mine and connection.connection is not None and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number_of(name)])


def number_of(name: str) -> int:
    """The number by which PostgreSQL knows the lock; an administrator sees it in `pg_locks`."""
    return int.from_bytes(hashlib.sha256(f"porchlight {name}".encode()).digest()[:8], "big", signed=True)
