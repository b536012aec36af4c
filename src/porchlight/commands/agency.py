"""`porchlight agency`: add one agency, import many, list them."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(parser: ArgumentParser) -> None:
    """`add`, `import FILE.csv`, `list`."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="add|import|list")
    one = commands.add_parser("add", help="add one agency, and invite its first administrator")
    one.add_argument("--ori", required=True, help="nine characters, like WI0010100")
    one.add_argument("--name", required=True, help="in full, as on its letterhead")
    one.add_argument("--state", required=True, help="two letters")
    one.add_argument("--short-name", default="", help="used after the full name was said once")
    one.add_argument("--mail-domain", default="", help="only its addresses can be invited")
    one.add_argument("--case-template", default="", help="what case numbers look like: # a digit, @ a letter")
    one.add_argument("--phone", default="", help="shown to owners, so that they can check")
    one.add_argument("--timezone", default="", help="like America/Chicago (default: most of the state)")
    one.add_argument("--jurisdiction", type=Path, metavar="FILE", help="GeoJSON of where it may ask")
    one.add_argument("--admin", metavar="EMAIL", help="whom to invite as its administrator")
    one.add_argument("--admin-name", default="", help="what that person is called")
    many = commands.add_parser("import", help="add all agencies of a CSV file, or none")
    many.add_argument(
        "file", type=Path, metavar="FILE.csv", help="columns: ori, name, state, county_fips, population, …"
    )
    shown = commands.add_parser("list", help="list the agencies")
    shown.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: Namespace) -> int:
    """Do one of the three."""
    setup()
    from porchlight.commands.inviting import ready_database  # noqa: PLC0415 - after the set-up

    ready_database()
    doing: dict[str, Callable[[Namespace], int]] = {"add": _add, "import": _import, "list": _list}
    return doing[arguments.what](arguments)


def _add(arguments: Namespace) -> int:
    from porchlight.commands.inviting import mailed, reasons_in_words, token_in  # noqa: PLC0415 - after the set-up
    from porchlight.core.errors import Refused  # noqa: PLC0415 - as above
    from porchlight.server.agencies import access, actions, tasks  # noqa: PLC0415 - as above
    from porchlight.server.agencies.access import details, jurisdictions  # noqa: PLC0415 - as above

    try:
        shape = None
        if arguments.jurisdiction is not None:
            shape = jurisdictions.read_file(_read(arguments.jurisdiction))
        given = {key: value for key, value in vars(arguments).items() if isinstance(value, str)}
        agency, link = actions.add_agency_with_admin(
            details=details.read_details(given),
            jurisdiction=shape,
            admin_email=arguments.admin or "",
            admin_name=arguments.admin_name,
            by=None,
        )
    except Refused as refusal:
        raise CommandError(reasons_in_words(refusal)) from refusal
    print(f"{agency.name} ({agency.ori}) was added: {agency.id}")
    if link:
        print("Its administrator opens this link. It works once, for seven days:")
        print(link)
        print(mailed(lambda: tasks.send_invitation(access.invitation_behind(token_in(link))[0])))
    if shape is None:
        print("It has no jurisdiction yet: set one in the operator console, or every request is refused.")
    return 0


def _import(arguments: Namespace) -> int:
    from porchlight.commands import agency_table as tables  # noqa: PLC0415 - after the set-up
    from porchlight.commands.inviting import reasons_in_words  # noqa: PLC0415 - as above
    from porchlight.core.errors import Refused  # noqa: PLC0415 - as above
    from porchlight.server.agencies import actions  # noqa: PLC0415 - as above

    try:
        lines = tables.read_table(_read(arguments.file).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CommandError(f"{arguments.file}: save the file as UTF-8") from error
    except tables.BadTable as error:
        raise CommandError(f"{arguments.file}: {error}; nothing was imported") from error
    try:
        count = actions.import_agencies(
            lines=[each.details for each in lines], by=None, progress=_progress(len(lines))
        )
    except Refused as refusal:
        raise CommandError(
            f"{arguments.file}: {reasons_in_words(refusal)} Nothing was imported."
        ) from refusal
    print(f"{count} agencies were added.")
    return 0


def _list(arguments: Namespace) -> int:
    from porchlight.server.agencies import access  # noqa: PLC0415 - after the set-up

    rows = [
        {
            "id": str(each.id),
            "ori": each.ori,
            "name": each.name,
            "state": each.state,
            "status": each.status,
            "joined_on": each.joined_on.isoformat(),
            "jurisdiction": each.jurisdiction is not None,
        }
        for each in access.public_agencies()
    ]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print(f"{row['ori']}  {row['state']}  {row['status']:<9}  {row['joined_on']}  {row['name']}")
    if not rows:
        print("There are no agencies yet. Add one: porchlight agency add --help")
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _progress(total: int) -> Callable[[int], None]:
    """A line on a terminal that tells how far it is; nothing where the output goes into a file."""

    def show(done: int) -> None:
        if sys.stderr.isatty() and (done % 100 == 0 or done == total):
            print(f"\r{done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return show
