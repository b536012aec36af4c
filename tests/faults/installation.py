"""A platform of its own for one test: real processes, a real mailbox, temporary files where the test can look.

It stands on the backend of this run: who uses it takes the fixture `backend`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from urllib.parse import urlsplit

from tests import backends

from porchlight.instance.mailbox import Mailbox
from porchlight.instance.platform import Platform, free_port


@contextmanager
def installation(directory: Path, **settings: str) -> Iterator[Platform]:
    """A migrated installation below `directory` with a mailbox in `directory/mail`; stops what was started on it."""
    temporary = directory / "tmp"
    temporary.mkdir(parents=True)
    given = {"PORCHLIGHT_NOTICE_WINDOW_SECONDS": "0", "TMPDIR": str(temporary)}
    given |= backends.installation(directory / "data") | settings
    platform = Platform(directory / "data", free_port(), free_port(), given)
    with Mailbox(directory / "mail", platform.smtp_port):
        try:
            platform.command("migrate")
            yield platform
        finally:
            platform.stop()


def run_script(platform: Platform, program: Path, *words: str) -> None:
    """Run a program of the tests in the installation's own environment."""
    subprocess.run([sys.executable, program, *words], env=platform.environment, check=True, timeout=600)


def rows(platform: Platform, query: str) -> list[tuple]:
    """What the installation's database answers, read beside the running processes."""
    url = platform.settings["PORCHLIGHT_DATABASE_URL"]
    if url.startswith("postgresql:"):
        import psycopg

        with psycopg.connect(url) as server:
            return server.execute(query).fetchall()
    with closing(connect(f"file:/{urlsplit(url).path.lstrip('/')}?mode=ro", uri=True, timeout=30)) as db:
        return db.execute(query).fetchall()
