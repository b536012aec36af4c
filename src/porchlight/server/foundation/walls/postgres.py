"""The wall on PostgreSQL: a role that was given the open tables and nothing else.

A table that is not given is walled: nothing is granted for the future. The role belongs to no other role, so SQL that was
smuggled in has no role to change to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from porchlight.server.foundation.walls.tables import Right, open_tables, primary_keys

_LOCK = 0x706F7263  # one process at a time refreshes the grants
_SAFE = "LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


class RoleMissing(Exception):
    """The agency side's role is not there and may not be made; the message is what to run as an administrator."""


def role() -> str:
    """The name of the agency side's role."""
    return str(settings.AGENCY_LOGIN["USER"])


def raise_wall() -> None:
    """Make the role where that is allowed, and give it exactly the open tables. Raises RoleMissing.

    One transaction: pages that run meanwhile never find a right missing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role()])
        if cursor.fetchone() is None:
            _make_role(cursor)
        elif _password_clause() and settings.PORCHLIGHT.agency_database_url == "" and _may_make_roles(cursor):
            cursor.execute(f"ALTER ROLE {_name(role())} {_password_clause()}")
        for statement in _grants(cursor):
            cursor.execute(statement)


def gaps() -> Iterator[str]:
    """What is wrong with the wall, each in one line; nothing when it stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication FROM pg_roles WHERE rolname = %s",
            [role()],
        )
        found = cursor.fetchone()
        if found is None:
            yield f"the role {role()} does not exist"
            return
        if found[0]:
            yield f"the role {role()} has rights over the whole server"
        cursor.execute(
            "SELECT parent.rolname FROM pg_roles parent, pg_roles own WHERE own.rolname = %s"
            " AND parent.oid <> own.oid AND pg_has_role(own.oid, parent.oid, 'MEMBER')",
            [role()],
        )
        for (parent,) in cursor.fetchall():
            yield f"the role {role()} belongs to the role {parent}"
        for table in _within_reach(cursor) - open_tables().keys():
            yield f"the role {role()} has a right to the table {table}"
        for table, right in open_tables().items():
            if not _has(cursor, table, "INSERT"):
                yield f"the role {role()} cannot write the table {table}"
            elif right is Right.ADD and _has(cursor, table, "SELECT"):
                yield f"the role {role()} can read the table {table}"


def _within_reach(cursor: Any) -> set[str]:
    """Every table, view and sequence of ours that the role may touch in any way, one column included."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%%'"
        " AND n.nspname <> 'information_schema'"
        " AND (has_table_privilege(%s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
        " OR has_any_column_privilege(%s, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))",
        [role(), role()],
    )
    return {name for (name,) in cursor.fetchall()}


def _has(cursor: Any, table: str, right: str) -> bool:
    cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role(), _name(table), right])
    return bool(cursor.fetchone()[0])


def _grants(cursor: Any) -> Iterator[str]:
    own = _name(role())
    cursor.execute("SELECT current_schema()")
    schema = _name(cursor.fetchone()[0])
    cursor.execute(
        "SELECT relname, relkind = 'S' FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_has_role(relowner, 'USAGE')"
    )
    there = set()
    for name, is_sequence in cursor.fetchall():
        there.add(name)
        yield f"REVOKE ALL ON {'SEQUENCE' if is_sequence else 'TABLE'} {_name(name)} FROM {own}, PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {own}"
    keys = primary_keys()
    for table, right in open_tables().items():
        if table not in there:
            continue  # a version that was not migrated to yet
        if right is Right.ALL:
            yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_name(table)} TO {own}"
        else:
            yield f"GRANT INSERT, SELECT ({_name(keys[table])}) ON {_name(table)} TO {own}"
    cursor.execute(
        "SELECT s.relname, t.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
        " JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S'"
        " AND s.relnamespace = current_schema()::regnamespace"
    )
    for sequence, table in cursor.fetchall():
        if table in open_tables():
            yield f"GRANT USAGE ON SEQUENCE {_name(sequence)} TO {own}"


def _make_role(cursor: Any) -> None:
    if not _may_make_roles(cursor):
        raise RoleMissing(to_run())
    cursor.execute(f"CREATE ROLE {_name(role())} {_SAFE} {_password_clause()}")


def to_run() -> str:
    """The statement that makes the role, for who administers the server. It holds the password's verifier alone."""
    return f"CREATE ROLE {_name(role())} {_SAFE} {_password_clause()};"


def _may_make_roles(cursor: Any) -> bool:
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])


def _password_clause() -> str:
    password = str(settings.AGENCY_LOGIN["PASSWORD"])
    if not password:
        return ""
    connection.ensure_connection()
    # What the server logs of this statement is no password.
    verifier = connection.connection.pgconn.encrypt_password(
        password.encode(), role().encode(), b"scram-sha-256"
    )
    return f"PASSWORD '{verifier.decode()}'"


def _name(identifier: str) -> str:
    return connection.ops.quote_name(identifier.replace('"', ""))
