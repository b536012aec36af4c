"""Refuses a write to a domain table that no action named.

It looks at the SQL itself, so bulk writes, `update()` and raw cursors are seen too. Tables of frameworks (sessions,
allauth's) and of migrations are not domain tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from porchlight.server.foundation.actions import running_action

_WRITE = re.compile(r'^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
# The account's own framework writes these rows (last sign-in, password change), each by its own audited path.
_FRAMEWORK = frozenset({"accounts_user"})


class UnnamedWrite(RuntimeError):
    """A domain table was written outside an @action."""


@cache
def domain_tables() -> frozenset[str]:
    """The tables that belong to Porchlight's own apps."""
    names: set[str] = set()
    for app in apps.get_app_configs():
        if app.name.startswith("porchlight."):
            names.update(model._meta.db_table for model in app.get_models(include_auto_created=True))  # noqa: SLF001
    return frozenset(names - _FRAMEWORK)


def check(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    """A Django execute wrapper; raises UnnamedWrite before the statement reaches the database."""
    match = _WRITE.match(sql)
    if match and match.group(1) in domain_tables() and running_action() is None:
        raise UnnamedWrite(f"{match.group(1)} is written outside an @action: {sql[:120]}")
    return execute(sql, params, many, context)


def install() -> None:
    """Put the guard on every database connection this process opens."""
    connection_created.connect(_guard, dispatch_uid="porchlight.writeguard")


def _guard(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if check not in connection.execute_wrappers:
        connection.execute_wrappers.append(check)
