"""`porchlight backup`: copy a running installation into one directory."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(parser: ArgumentParser) -> None:
    """Where to, for whom, how many."""
    parser.add_argument("directory", type=Path, metavar="DIR", help="backups are directories in here")
    parser.add_argument("--to", metavar="RECIPIENT", help="seal rows and keys to this age recipient (age1…)")
    parser.add_argument("--keep", type=_count, metavar="N", help="remove all but the newest N backups")


def run(arguments: Namespace) -> int:
    """Print the new backup's directory as the last line."""
    setup()
    from porchlight.backup import writing  # noqa: PLC0415 - after the set-up
    from porchlight.backup.layout import BackupError  # noqa: PLC0415 - as above
    from porchlight.server.foundation import clock  # noqa: PLC0415 - as above

    try:
        made = writing.write(
            arguments.directory,
            now=clock.now(),
            to=arguments.to,
            keep=arguments.keep,
            tell=lambda text: print(text, flush=True),
        )
    except BackupError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{arguments.directory} cannot be written: {error.strerror}") from error
    print(made)
    return 0


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError("a whole number from 1 on")
    return int(text)
