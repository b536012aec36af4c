"""A side on its first day: everybody can sign in, and nothing has happened yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction

from porchlight.server.foundation.actions import housekeeping

_DONE = ("video_requests", "disclosures", "transparency", "consent", "footage", "notifications")
_EMPTY = {
    "resident": (*_DONE, "households", "agencies"),
    "agency": _DONE,
    "review": _DONE,
    "operator": (*_DONE, "agencies"),
}


@contextmanager
def emptied(side: str) -> Iterator[None]:
    """Nothing of what the side shows is there; afterwards all of it is again."""
    with transaction.atomic():
        with housekeeping("test"), connection.cursor() as cursor:
            for label in _EMPTY[side]:
                for model in apps.get_app_config(label).get_models():
                    cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - our own tables
        yield
        transaction.set_rollback(True)
