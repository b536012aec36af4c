"""`porchlight evidence`: what an agency's evidence system runs. Needs no part of the server.

Exit codes: 0 fine, 1 something is amiss with a video or a file, 2 the platform cannot be reached, 3 it refused.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.evidence import keyfile
from porchlight.evidence.client import Answered, Client, Unreachable
from porchlight.evidence.fetching import Fetcher, Outcome

AMISS, UNREACHABLE, REFUSED = 1, 2, 3


def add(parser: ArgumentParser) -> None:
    """`key` makes the system's key, `fetch` fetches what owners shared."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    key = parts.add_parser("key", help="make the key of this evidence system")
    key.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the secret goes")
    fetch = parts.add_parser("fetch", help="fetch and open what owners shared with the agency")
    fetch.add_argument(
        "--url", required=True, help="the agency's side, like https://agency.porchlight.example.org"
    )
    fetch.add_argument("--token-file", type=Path, required=True, metavar="FILE", help="the system's token")
    fetch.add_argument("--identity", type=Path, required=True, metavar="FILE", help="the system's key")
    fetch.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the videos go")
    fetch.add_argument("--case", default="", metavar="NUMBER", help="only this case")
    fetch.add_argument("--json", action="store_true", help="one JSON line a share, and one at the end")


def run(arguments: Namespace) -> int:
    """Do what was asked; returns the exit code."""
    try:
        return _key(arguments.out) if arguments.what == "key" else _fetch(arguments)
    except keyfile.FileProblem as error:
        raise CommandError(str(error)) from error


def _key(out: Path) -> int:
    """Print the public half, which an administrator registers on the agency's team page."""
    print(keyfile.make(out, datetime.now(UTC)).recipient)
    return 0


def _fetch(arguments: Namespace) -> int:
    identity = keyfile.read(arguments.identity)
    try:
        client = Client(arguments.url, keyfile.read_token(arguments.token_file))
    except ValueError as error:
        raise CommandError(str(error)) from error
    found: Counter[str] = Counter()
    try:
        with _alone(arguments.out):
            fetcher = Fetcher(client, identity, arguments.out, lambda: datetime.now(UTC), time.sleep)
            for outcome in fetcher.run(arguments.case):
                found[outcome.outcome] += 1
                _tell(outcome, as_json=arguments.json)
    except Unreachable as error:
        return _stop(UNREACHABLE, f"{error}; run it again later, it goes on where it stopped")
    except Answered as error:
        return _stop(REFUSED, f"{error} ({error.status})")
    except OSError as error:
        return _stop(AMISS, f"{arguments.out}: {error.strerror or error}; nothing unfinished was left behind")
    if arguments.json:
        print(json.dumps({"done": True, **found}))
    else:
        names = ("fetched", "known", "ended", "failed")
        print(", ".join(f"{found[name]} {name}" for name in names))
    return AMISS if found["failed"] else 0


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Of two runs into one directory the second says so and leaves."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = os.umask(0o077)
    try:
        with (out / ".fetching").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CommandError(f"another run fetches into {out}; let it finish") from error
            yield
    finally:
        os.umask(before)


def _tell(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome.line()), flush=True)
    elif outcome.outcome == "fetched":
        print(f"{outcome.case_number} {outcome.file} {outcome.sha256}", flush=True)
    elif outcome.outcome == "failed":
        print(f"{outcome.case_number} {outcome.share} failed: {outcome.why}", file=sys.stderr, flush=True)


def _stop(code: int, line: str) -> int:
    print(f"porchlight evidence: {line}", file=sys.stderr)
    return code
