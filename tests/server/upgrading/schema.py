"""What the database of this environment looks like, in words that do not depend on the order in which it came about.

Run as a program: `python schema.py WAY`. `models` makes the tables from the models, without migrations; `upgrade`
migrates to each app's first migration, then to the newest.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

from porchlight.commands.django_setup import setup


def described() -> Iterator[str]:
    """One line for each column, index and constraint."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations" or table.startswith("auth_"):
                continue  # the framework's own, which it does not upgrade
            for column in connection.introspection.get_table_description(cursor, table):
                default = None if column.default is None else str(column.default).partition("::")[0]
                yield f"{table}.{column.name}: {column.type_code} {column.display_size} null={column.null_ok} {default}"
            constraints = connection.introspection.get_constraints(cursor, table)
            for name, facts in constraints.items():
                said = {key: value for key, value in facts.items() if key != "definition"}
                # SQLite numbers what has no name.
                shown = "" if re.match(r"__unnamed|sqlite_autoindex|fk_\d+$", name) else name
                yield f"{table} {shown}: {json.dumps(said, sort_keys=True, default=str)}"


def main(way: str) -> None:
    setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    if way == "models":
        apps = {app.split(".")[-1] for app in settings.INSTALLED_APPS}
        settings.MIGRATION_MODULES = dict.fromkeys(apps)
        call_command("migrate", run_syncdb=True, verbosity=0)
        call_command("createcachetable", verbosity=0)
    else:
        firsts = sorted(
            key for key in MigrationLoader(connection).disk_migrations if key[1].startswith("0001_")
        )
        for app, name in firsts:
            call_command("migrate", app, name, verbosity=0)
        call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(sorted(described())))


if __name__ == "__main__":
    main(sys.argv[1])
