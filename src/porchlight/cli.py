"""`porchlight …`: one program for the server, the hub and the tools.

Each command is a module of `porchlight.commands` with `add(parser)` and `run(arguments) -> int`; it is imported only when
it is called, so that the hub's machine needs no part of the server.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from porchlight.core.errors import PorchlightError

# name: (module, one line for --help)
COMMANDS = {
    "serve": ("serve", "run the platform: web and worker in one process tree"),
    "web": ("web", "run the web server only"),
    "worker": ("worker", "run the background worker only"),
    "migrate": ("migrate", "bring the database to this version"),
    "doctor": ("doctor", "look at everything the platform stands on, and say what to do"),
    "backup": ("backup", "copy a running installation into one directory"),
    "restore": ("restore", "take a backup into an empty installation"),
    "demo": ("demo", "run the platform with the demo town"),
    "walkthrough": ("walkthrough", "do the main job once on a throw-away instance and tell each step"),
    "operator": ("operator", "add the first administrator"),
    "agency": ("agency", "add, import or list agencies"),
    "evidence": ("evidence", "for an agency's evidence system: make its key, fetch what owners shared"),
    "places": ("places", "print the letters that verify a home"),
}


class CommandError(PorchlightError):
    """A command cannot go on. The message is one line that says what to do."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="porchlight", description="Community-safety video: the owner decides."
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="see below")
    parser.epilog = "commands: " + "; ".join(f"{name}: {line}" for name, (_, line) in COMMANDS.items())
    name = parser.parse_args(given[:1]).command
    module = importlib.import_module(f"porchlight.commands.{COMMANDS[name][0]}")
    own = argparse.ArgumentParser(prog=f"porchlight {name}", description=COMMANDS[name][1])
    module.add(own)
    try:
        code: int = module.run(own.parse_args(given[1:]))
    except CommandError as error:
        print(f"porchlight {name}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code
