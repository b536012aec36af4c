"""`python -m bench.smtp_sink PORT EXPECTED FILE`: an SMTP server that takes every mail.

Says "full" on standard output when EXPECTED mails came. When its input closes it writes what it took to FILE.
"""

from __future__ import annotations

import pickle
import sys
import threading
import time
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class _Taker:
    """Keeps (moment, recipient, bytes) of each mail, in the order of arrival."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.taken: list[tuple[float, str, bytes]] = []
        self.full = threading.Event()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((time.time(), envelope.rcpt_tos[0], bytes(envelope.original_content)))
        if len(self.taken) == self.expected:
            print("full", flush=True)
        return "250 taken"


def main(port: int, expected: int, file: Path) -> None:
    """Runs until standard input ends."""
    taker = _Taker(expected)
    controller = Controller(taker, hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    sys.stdin.read()
    controller.stop()
    file.write_bytes(pickle.dumps(taker.taken))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
