"""Raising the wall where it has to be built, and looking whether it stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction

from porchlight.server.foundation.walls import postgres, sqlite
from porchlight.server.foundation.walls.connecting import behind
from porchlight.server.foundation.walls.tables import walled_tables


def raise_wall() -> None:
    """After every migration. SQLite's wall is built anew for each connection; PostgreSQL's is a role and its rights.

    Raises `postgres.RoleMissing`, whose message is the statement to run first.
    """
    if connection.vendor == "postgresql":
        postgres.raise_wall()


def gaps() -> list[str]:
    """What is wrong with the wall, each in one line. It is tried from behind, table by table, as well as looked at."""
    found = list(postgres.gaps()) if connection.vendor == "postgresql" else []
    if found:
        return found
    sqlite.log.disabled = True  # what is refused here is what should be
    try:
        return list(_tried())
    finally:
        sqlite.log.disabled = False


def _tried() -> Iterator[str]:
    for table in sorted(walled_tables()):
        try:
            with behind(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - our own names
        except DatabaseError as error:
            if not _is_refusal(error):
                yield f"the agency side cannot reach the database ({type(error).__name__})"
                return
        else:
            yield f"the agency side can read the table {table}"


def _is_refusal(error: DatabaseError) -> bool:
    cause = error.__cause__
    return (
        getattr(cause, "sqlstate", None) == "42501"
        or "prohibited" in str(error)
        or "not authorized" in str(error)
    )
