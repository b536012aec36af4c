"""The agency side's wall for tests whose rows nobody else can see: around the connection of the test's transaction.

Where a test commits what it writes, the agency side gets the connection of its own that it has in earnest.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from porchlight.server.foundation.walls import connecting, sqlite


def way_in() -> AbstractContextManager[None]:
    connection = connections[DEFAULT_DB_ALIAS]
    return _around(connection) if connection.in_atomic_block else connecting.own_connection()


@contextmanager
def _around(connection: BaseDatabaseWrapper) -> Iterator[None]:
    connecting.mark(connection)
    raw = connection.connection
    if connection.vendor == "sqlite":
        raw.set_authorizer(sqlite.authorizer())
    else:
        raw.execute(f'SET ROLE "{settings.AGENCY_LOGIN["USER"]}"')
    try:
        yield
    finally:
        connecting.mark(connection, walled=False)
        if connection.vendor == "sqlite":
            raw.set_authorizer(None)
        elif raw.info.transaction_status.name != "INERROR":  # else the test's rollback ends the role as well
            raw.execute("RESET ROLE")
