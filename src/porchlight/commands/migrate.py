"""`porchlight migrate`: bring the database to this version, and the agency side's wall with it."""

from argparse import ArgumentParser, Namespace

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(_parser: ArgumentParser) -> None:
    """No options."""


def run(_arguments: Namespace) -> int:
    """Apply what is missing; doing so twice changes nothing."""
    setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    from porchlight.server.foundation.walls import keeping, postgres  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    try:
        keeping.raise_wall()
    except postgres.RoleMissing as missing:
        raise CommandError(
            "the database is at this version, but the agency side has no role yet and this user may not make one;"
            f" run this as an administrator of the database, then migrate again: {missing}"
        ) from missing
    return 0
