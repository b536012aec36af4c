"""The demo town as real processes in a directory that is thrown away, and its people at a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from porchlight.demo import place
from porchlight.demo.people import person
from porchlight.instance.mailbox import mails
from porchlight.instance.platform import free_port

_START_S = 600
_MAIL_S = 60


class Town:
    """Where it runs, and what came by mail."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory, self.port = directory, port

    def url(self, side: str) -> str:
        return f"http://{'' if side == 'resident' else side + '.'}localhost:{self.port}"

    @property
    def password(self) -> str:
        note = place.read_note(self.directory)
        assert note is not None
        return note.password

    def mailed(self, to: str, pattern: str) -> str:
        """What the pattern's group finds in the newest mail to an address that holds it."""
        deadline = time.monotonic() + _MAIL_S
        while time.monotonic() < deadline:
            texts = [mail.text for mail in mails(self.directory / place.MAIL, to or None)]
            for text in reversed(texts):
                if found := re.search(pattern, text):
                    return found[1]
            time.sleep(0.3)
        raise AssertionError(f"no mail to {to} with {pattern}")


@contextmanager
def running(directory: Path) -> Iterator[Town]:
    """Alder Falls, filled and serving."""
    port = free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    log = directory / "demo.log"
    with log.open("wb") as file:
        demo = subprocess.Popen(
            [sys.executable, "-m", "porchlight", "demo", "--port", str(port)],
            env={**own, "PORCHLIGHT_DATA_DIR": str(directory)},
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        deadline = time.monotonic() + _START_S
        while "Stop: Ctrl-C" not in log.read_text():
            if demo.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()[-2000:])
            time.sleep(0.3)
        yield Town(directory, port)
    finally:
        demo.send_signal(signal.SIGINT)
        try:
            demo.wait(60)
        finally:
            demo.kill()


class Person:
    """Somebody on one side, with a window of their own. `key` is a demo person's, an address, or empty."""

    def __init__(self, town: Town, browser: Browser, side: str, key: str) -> None:
        self.town, self.side, self.key = town, side, key
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale="en-US",
            timezone_id="America/Los_Angeles",
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        if "@" in key:
            self.go("/account/login/")
            self.page.fill("[name=login]", key)
            self.page.fill("[name=password]", town.password)
            self.page.locator("main form button.is-main").first.click()
            self.page.wait_for_load_state()
        elif key:
            self.go("/demo/")
            self.page.locator(f"form[action*='/{key}/'] button").click()
            self.page.wait_for_load_state()

    def go(self, path: str) -> str:
        """Open a path of this side, passing the second step again where that is asked for; where it led."""
        self.page.goto(self.town.url(self.side) + path)
        return urlsplit(self.page.url).path

    def confirm(self) -> None:
        """Pass the second step again, so that the pages behind it are open."""
        from porchlight.server.accounts.second_factor import code_at

        self.page.locator("main form [name=code]").fill(code_at(person(self.key).totp_secret, time.time()))
        self.page.locator("main form button.is-main").first.click()
        self.page.wait_for_load_state()
