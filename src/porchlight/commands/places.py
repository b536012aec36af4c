"""`porchlight places`: print the letters that prove a home; take in the public register of addresses."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(parser: ArgumentParser) -> None:
    """`letters` and where to write them; `import` and what to read."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    letters = parts.add_parser("letters", help="write a letter for each home that waits for one")
    letters.add_argument("--out", type=Path, required=True, metavar="DIR", help="directory for the letters")
    letters.add_argument(
        "--format", choices=("pdf", "txt"), default="pdf", help="what to write (default pdf)"
    )

    register = parts.add_parser("import", help="take in public addresses (CSV: kind, name, zip, lat, lon)")
    register.add_argument("file", type=Path, metavar="FILE", help="the register; it replaces the one before")


def run(arguments: Namespace) -> int:
    """Do what was asked and print what was done."""
    setup()
    return _import(arguments.file) if arguments.what == "import" else _letters(arguments)


def _import(source: Path) -> int:
    """Owners who share without a name are told how many of these addresses an area holds."""
    from porchlight.server.households.access import homes  # noqa: PLC0415 - after the set-up

    try:
        text = source.read_text(encoding="utf-8-sig")
        found = homes.addresses_in(text.splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{source} cannot be read: name a CSV file in UTF-8") from error
    except homes.UnreadableRegister as error:
        columns = ", ".join(homes.COLUMNS)
        raise CommandError(
            f"line {error.line} of {source} cannot be used: the columns are {columns}"
        ) from error
    target = homes.register_path()
    draft = target.with_name(f".{target.name}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(target)
    print(f"{len(found)} addresses")
    return 0


def _letters(arguments: Namespace) -> int:
    """Write the letters; each code exists in its letter alone. Prints one line a letter and how many there were."""
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
