"""`porchlight migrate`: bring the database to this version."""

from argparse import ArgumentParser, Namespace

from porchlight.commands.django_setup import setup


def add(_parser: ArgumentParser) -> None:
    """No options."""


def run(_arguments: Namespace) -> int:
    """Apply what is missing; doing so twice changes nothing."""
    setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    call_command("migrate", interactive=False, verbosity=0)
    return 0
