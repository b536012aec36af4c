"""The wall on SQLite: an authorizer, asked for every table and column of every statement before it may be prepared."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from porchlight.server.foundation.walls.tables import Right, open_tables, primary_keys

# No PRAGMA, no ATTACH, and nothing that changes the schema: a trigger made here would run for another side.
_ALWAYS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)
log = logging.getLogger(__name__)
_CHANGES = frozenset({sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def authorizer() -> Authorizer:
    """For `Connection.set_authorizer`: allows what the agency side may do and refuses all else."""
    tables = open_tables()
    keys = primary_keys()

    def decide(
        act: int, table: str | None, column: str | None, _database: str | None, _source: str | None
    ) -> int:
        if act in _ALWAYS:
            return sqlite3.SQLITE_OK
        right = tables.get(table or "")
        allowed = right is not None and (
            act == sqlite3.SQLITE_INSERT
            or (act == sqlite3.SQLITE_READ and (right is Right.ALL or column == keys[table or ""]))
            or (act in _CHANGES and right is Right.ALL)
        )
        if not allowed:  # SQLite's own message does not always name the table
            log.error("a statement for an agency was refused: act %s on %s", act, table)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return decide
