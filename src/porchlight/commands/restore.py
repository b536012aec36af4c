"""`porchlight restore`: take a backup into an installation that holds nothing."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(parser: ArgumentParser) -> None:
    """Which backup, and what opens it."""
    parser.add_argument(
        "backup", type=Path, metavar="BACKUP", help="one directory that `porchlight backup` made"
    )
    parser.add_argument(
        "--identity", type=Path, metavar="FILE", help="the age identity that opens a sealed backup"
    )


def run(arguments: Namespace) -> int:
    """The settings say where to: a fresh database, object store and data directory."""
    setup()
    from porchlight.backup import restoring  # noqa: PLC0415 - after the set-up
    from porchlight.backup.layout import BackupError  # noqa: PLC0415 - as above

    try:
        restoring.restore(
            arguments.backup, identity=arguments.identity, tell=lambda text: print(text, flush=True)
        )
    except BackupError as error:
        raise CommandError(str(error)) from error
    print("Restored. Run “porchlight doctor” before you let people in.")
    return 0
