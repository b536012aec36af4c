"""When a commit reaches the disk.

A commit survives a power cut, for somebody may have been answered. What can be repeated without harm need not wait for
the disk each time: `repeatable()` commits survive the end of any process of ours, `kill -9` included, and reach the disk with
the next full commit or within a second; a power cut may undo the last of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection


@contextmanager
def repeatable() -> Iterator[None]:
    """Let commits of this thread be of the repeatable kind. Not inside a transaction."""
    if connection.in_atomic_block:  # a test's own transaction: nothing reaches the disk anyway
        yield
        return
    quick, full = {
        "sqlite": ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"),
        "postgresql": ("SET synchronous_commit TO off", "SET synchronous_commit TO DEFAULT"),
    }[connection.vendor]
    _say(quick)
    try:
        yield
    finally:
        try:
            _say(full)
        except DatabaseError:
            connection.close()  # the next one begins as it should


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
