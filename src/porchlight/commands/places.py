"""`porchlight places letters`: print the letters that prove where a household lives."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(parser: ArgumentParser) -> None:
    """`letters` and where to write them."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    letters = parts.add_parser("letters", help="write a letter for each home that waits for one")
    letters.add_argument("--out", type=Path, required=True, metavar="DIR", help="directory for the letters")
    letters.add_argument(
        "--format", choices=("pdf", "txt"), default="pdf", help="what to write (default pdf)"
    )


def run(arguments: Namespace) -> int:
    """Write the letters; each code exists in its letter alone. Prints one line a letter and how many there were."""
    setup()
    from porchlight.server.households.access import unprinted_claims  # noqa: PLC0415 - after the set-up

    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        arguments.out.chmod(0o700)
    except OSError as error:
        raise CommandError(
            f"{arguments.out} cannot be written: choose another directory with --out"
        ) from error
    count = 0
    for household_id in unprinted_claims():
        path = _print(household_id, arguments.out, arguments.format)
        if path is not None:
            count += 1
            print(path)
    print(f"{count} letters" if count != 1 else "1 letter")
    return 0


def _print(household_id, out: Path, kind: str) -> Path | None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The letter's file; None when another run printed it meanwhile. The file is written before the code is kept."""
    from porchlight.core.errors import NotFound  # noqa: PLC0415 - as above
    from porchlight.server.households.actions import write_letter  # noqa: PLC0415 - as above

    try:
        return write_letter(household_id=household_id, out=out, kind=kind)
    except NotFound:
        return None
    except OSError as error:
        raise CommandError(f"a letter cannot be written to {out}: {error.strerror}") from error
