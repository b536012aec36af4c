"""`porchlight doctor`: look at everything the platform stands on, and say what to do."""

from __future__ import annotations

import json
import logging
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from porchlight.commands.django_setup import setup

if TYPE_CHECKING:
    from porchlight.server.operations.findings import Finding


def add(parser: ArgumentParser) -> None:
    """How to answer."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of text")
    parser.add_argument(
        "--remove-nameless",
        action="store_true",
        help="delete objects that belong to no row, left by a process that was killed",
    )


def run(arguments: Namespace) -> int:
    """One line for each thing looked at; 0 when all is well, else 1. Changes nothing unless asked to."""
    setup()
    from porchlight.server.operations import contents  # noqa: PLC0415 - after the set-up

    logging.getLogger("porchlight").setLevel(logging.CRITICAL)  # what fails is said below, in its line
    if arguments.remove_nameless:
        print(f"removed {contents.remove_nameless()} objects that belonged to no row")
    ill = 0
    for finding in findings():
        ill += not finding.ok
        print(
            json.dumps(asdict(finding) | {"ok": finding.ok}) if arguments.json else _line(finding), flush=True
        )
    return 1 if ill else 0


def findings() -> Iterator[Finding]:
    """All of them, in the order in which one depends on another."""
    from porchlight.server.operations import contents, places  # noqa: PLC0415 - after the set-up

    yield from places.settings_look_right()
    yield from places.files_are_private()
    yield from places.disk_has_room()
    database = list(places.database_is_well())
    yield from database
    objects = list(contents.objects_can_be_kept())
    yield from objects
    yield from contents.mail_server_answers()
    if not all(finding.ok for finding in database if finding.name in {"database", "migrations"}):
        return  # what follows would only say the same again
    later: list[Callable[[], Iterator[Finding]]] = [
        places.work_gets_done,
        places.clocks_agree,
        contents.log_is_whole,
    ]
    if all(finding.ok for finding in objects):
        later.append(contents.objects_and_rows_agree)
    for look in later:
        yield from look()


def _line(finding: Finding) -> str:
    mark = "ok  " if finding.ok else "DO  "
    text = f"{mark}{finding.name}: {finding.text}"
    return text if finding.ok else f"{text}\n    -> {finding.todo}"
