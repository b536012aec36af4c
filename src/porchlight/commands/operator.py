"""`porchlight operator`: the first administrator of an installation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup


def add(parser: ArgumentParser) -> None:
    """`add EMAIL`."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="add")
    adding = commands.add_parser("add", help="invite an operator and print the link")
    adding.add_argument("email", metavar="EMAIL", help="where the invitation goes")
    adding.add_argument(
        "--name", default="", help="what the person is called (default: the part before the @)"
    )


def run(arguments: Namespace) -> int:
    """Invite an operator: the link is printed, and mailed if the mail server answers."""
    setup()
    from porchlight.commands.inviting import mailed, ready_database, reasons_in_words, token_in  # noqa: PLC0415 - after the set-up
    from porchlight.core.errors import Refused  # noqa: PLC0415 - as above
    from porchlight.core.visibility import Side  # noqa: PLC0415 - as above
    from porchlight.server.accounts import access, actions, tasks  # noqa: PLC0415 - as above

    ready_database()
    name = arguments.name or arguments.email.partition("@")[0]
    try:
        link = actions.invite_staff(
            email=arguments.email, side=Side.OPERATOR, display_name=name, by=None, mail=False
        )
    except Refused as refusal:
        raise CommandError(reasons_in_words(refusal)) from refusal
    print("Open this link to choose a password and a second step. It works once, for seven days:")
    print(link)
    print(mailed(lambda: tasks.send_invitation(access.staff_invitation(token_in(link), Side.OPERATOR))))
    return 0
