"""May requests come to this process? Three questions, each answered in milliseconds."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from porchlight.server.config.errors import SettingError
from porchlight.server.foundation.objects import object_store


def database_answers() -> bool:
    """Whether one statement comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def missing_migrations() -> list[str]:
    """What `porchlight migrate` would apply. A database that is ahead of this version is fine: an upgrade is on its way."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def objects_answer() -> bool:
    """Whether the object store lets itself be looked at."""
    return not trouble_with_objects()


def trouble_with_objects() -> str:
    """What keeps the object store from being used, in one line; empty when nothing does."""
    try:
        object_store().check()
    except SettingError as error:
        return str(error)
    except OSError as error:
        return f"{type(error).__name__}: {error.strerror}"
    return ""
