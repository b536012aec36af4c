"""Whether the wall stands for what runs now, and the connection that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.utils import load_backend

from porchlight.server.foundation.walls import sqlite

_standing: ContextVar[bool] = ContextVar("agency_wall", default=False)
_MARK = "porchlight_walled"


class PastTheWall(RuntimeError):
    """A statement for an agency was about to run on a connection that no wall surrounds."""


def standing() -> bool:
    """Whether what runs now runs for an agency."""
    return _standing.get()


@contextmanager
def behind() -> Iterator[None]:
    """Inside, the default connection is the agency side's. Not to be entered in the middle of a transaction."""
    if standing():
        yield
        return
    with way_in():
        token = _standing.set(True)
        try:
            yield
        finally:
            _standing.reset(token)


@contextmanager
def without_database() -> Iterator[None]:
    """Inside, every statement is refused: for what an answer still does in threads of the server's own choice."""
    token = _standing.set(True)
    try:
        yield
    finally:
        _standing.reset(token)


@contextmanager
def own_connection() -> Iterator[None]:
    """A connection of its own takes the default one's place in this thread, and is closed at the end."""
    usual = connections[DEFAULT_DB_ALIAS]
    if usual.in_atomic_block:
        raise PastTheWall("the agency side begins its own transactions; it cannot join another side's")
    walled = _wrapper_class()({**usual.settings_dict, **settings.AGENCY_LOGIN}, DEFAULT_DB_ALIAS)
    mark(walled)
    connections[DEFAULT_DB_ALIAS] = walled
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
        walled.close()


# Tests, whose rows live in a transaction that nobody else can see, put a way of their own here (tests/walled.py).
_way: list[Callable[[], AbstractContextManager[None]]] = [own_connection]


def way_in() -> AbstractContextManager[None]:
    """What surrounds the agency side's work."""
    return _way[-1]()


def mark(connection: BaseDatabaseWrapper, *, walled: bool = True) -> None:
    """Note that the wall surrounds this connection."""
    setattr(connection, _MARK, walled)


def install() -> None:
    """Look at every statement of every connection that this process opens."""
    connection_created.connect(_guard, dispatch_uid="porchlight.walls")


def check(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    """A Django execute wrapper; raises PastTheWall. It also sees threads that a request of the agency side begins."""
    if standing() and not getattr(context["connection"], _MARK, False):
        raise PastTheWall("a statement for an agency came to another side's connection")
    return execute(sql, params, many, context)


def _guard(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if check not in connection.execute_wrappers:
        connection.execute_wrappers.append(check)


@cache
def _wrapper_class() -> type[BaseDatabaseWrapper]:
    usual: type[BaseDatabaseWrapper] = load_backend(
        str(settings.DATABASES["default"]["ENGINE"])
    ).DatabaseWrapper
    if usual.vendor == "sqlite":
        return type("WalledDatabaseWrapper", (_AuthorizedFromBirth, usual), {})
    # Pools are kept by alias in the class: this one must never lend out a connection of the other's.
    return type("WalledDatabaseWrapper", (usual,), {"_connection_pools": {}})


class _AuthorizedFromBirth:
    def get_new_connection(self, params: dict[str, Any]) -> Any:
        """A connection that was never without its authorizer for a statement of a page."""
        connection = super().get_new_connection(params)  # type: ignore[misc]
        connection.set_authorizer(sqlite.authorizer())
        return connection

    def close(self) -> None:
        """Closed in earnest, where Django keeps a connection to a database in memory open for the process's life.

        Left to the garbage collector it could be closed while the authorizer runs, when SQLite holds the lock of the
        shared memory: that thread would wait for itself for ever.
        """
        BaseDatabaseWrapper.close(self)  # type: ignore[arg-type]
