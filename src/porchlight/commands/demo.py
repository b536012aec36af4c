"""`porchlight demo`: the platform with the made-up town of Alder Falls, on this machine, until Ctrl-C."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
import subprocess
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from porchlight.cli import CommandError
from porchlight.demo import people, place
from porchlight.instance.platform import DidNotStart, Platform, free_port

NOTICE_WINDOW_S = 5
_PASSED_ON = ("PORCHLIGHT_MAP_URL", "PORCHLIGHT_POLICY_FILE")
_SIDES = {
    "resident": "residents and public",
    "agency": "police agency",
    "review": "review desk",
    "operator": "operator",
}
_TYPED_PORT = 1024


def add(parser: ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument(
        "--reset", action="store_true", help="begin afresh: delete what the demo made, and nothing else"
    )


def run(arguments: Namespace) -> int:
    """Set up what is missing, then serve until stopped; returns 0 after a wanted stop."""
    data_dir = Path(os.environ.get("PORCHLIGHT_DATA_DIR", "var")).resolve()
    _require_free(arguments.port)
    with _alone(data_dir):
        try:
            if arguments.reset:
                place.clear(data_dir)
            note = place.begin(data_dir)
        except place.NotADemo as error:
            raise CommandError(str(error)) from error
        return _serve(Demo(data_dir, arguments.port, note))


class Demo:
    """One run of the demo: its platform, its mailbox, and the seconds since it began."""

    def __init__(self, data_dir: Path, port: int, note: place.DemoNote) -> None:
        self.data_dir, self.note = data_dir, note
        self.began = time.monotonic()
        settings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        settings["PORCHLIGHT_DEMO"] = "1"
        settings["PORCHLIGHT_NOTICE_WINDOW_SECONDS"] = str(NOTICE_WINDOW_S)
        self.platform = Platform(data_dir, port, free_port(), settings)

    def say(self, line: str) -> None:
        """A line of progress with the seconds since the start."""
        print(f"{time.monotonic() - self.began:6.1f} s  {line}", flush=True)

    def set_up(self) -> None:
        """Bring the database to this version and fill the town, unless it is filled."""
        for name in [each for each in os.environ if each.startswith("PORCHLIGHT_")]:
            del os.environ[name]
        os.environ.update(self.platform.environment)
        from porchlight.demo.clips import ClipShelf  # noqa: PLC0415 - needs the server's parts

        with ClipShelf(self.data_dir / place.CLIPS) as shelf:
            from porchlight.commands import migrate  # noqa: PLC0415 - after the settings

            migrate.run(Namespace())
            logging.getLogger().setLevel(logging.WARNING)  # the progress lines tell what happens
            self.say("the database is ready")
            if self.note.filled:
                self.say("Alder Falls is as you left it")
                return
            from porchlight.demo.load import fill  # noqa: PLC0415 - after the set-up

            self.note = fill(self.data_dir, self.note, shelf, self.say)
        place.write_note(self.data_dir, self.note)


def _serve(demo: Demo) -> int:
    from porchlight.instance.mailbox import Mailbox  # noqa: PLC0415 - needs the server's parts

    platform = demo.platform
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a shell that starts it in the background ignores the first
        signal.signal(number, signal.default_int_handler)
    try:
        with Mailbox(demo.data_dir / place.MAIL, platform.smtp_port):
            demo.set_up()
            platform.start_web()
            platform.start_worker()
            demo.say("ready")
            print(welcome(demo), flush=True)
            while _all_run(platform):
                time.sleep(0.2)
            raise CommandError(
                f"a part of the platform ended by itself; see web.log and worker.log in {demo.data_dir}"
            )
    except DidNotStart as error:
        raise CommandError(f"the web server did not start; see web.log in {demo.data_dir}") from error
    except KeyboardInterrupt:
        goes_on = "The data stays; the next run goes on with it."
        print(f"\nStopped. {goes_on if demo.note.filled else 'The next run fills the town from the start.'}")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not leave anything running
            signal.signal(number, signal.SIG_IGN)
        platform.stop()


def welcome(demo: Demo) -> str:
    """The addresses, the people, and what is different in a demo."""
    lines = ["", "Porchlight demo: Alder Falls, a made-up town. All people and cases are made up.", ""]
    lines += [f"  {what:<22}{demo.platform.url(side)}" for side, what in _SIDES.items()]
    lines += ["", "Sign in with one click, see passphrases, codes and mail, on each side:", ""]
    lines += [f"  {'people and codes':<22}{demo.platform.url(side)}/demo/" for side in _SIDES]
    lines += [f"  {'all mail':<22}{demo.platform.url()}/demo/mail", ""]
    for someone in people.CAST:
        lines.append(f"  {someone.name:<22}{someone.email:<36}{someone.what}")
    lines += [
        "",
        f"Password of everybody: {demo.note.password} (drawn for this directory; staff also need the code on /demo/).",
        f"Notices to owners leave within {NOTICE_WINDOW_S} seconds of an approval here; otherwise within 15 minutes.",
        f"Data: {demo.data_dir}   Stop: Ctrl-C   Begin afresh: make demo-reset",
        "",
    ]
    return "\n".join(lines)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise CommandError(
                f"port {port} is not for ordinary users; use one from {_TYPED_PORT} on"
            ) from error
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"port {port} cannot be used, perhaps another program has it; try make demo PORT={port + 1}"
            ) from error


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """One demo at a time in a directory."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / ".demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(
                f"a demo runs on {data_dir} already; stop it, or name another directory: PORCHLIGHT_DATA_DIR=…"
            ) from error
        yield


def _all_run(platform: Platform) -> bool:
    parts: tuple[subprocess.Popen[bytes] | None, ...] = (platform.web, platform.worker)
    return all(part is not None and part.poll() is None for part in parts)
