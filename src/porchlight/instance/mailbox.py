"""A real SMTP server on the loopback that keeps what it gets as files, one mail each, in the order of arrival."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class ReceivedMail:
    """One mail as it came: to whom the envelope said, and what was in it."""

    name: str
    recipient: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text part."""
        part = self.message.get_body(preferencelist=("plain",))
        return "" if part is None else str(part.get_content())


class _Keeper:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        for recipient in envelope.rcpt_tos:
            name = f"{time.time_ns():020d}-{os.urandom(3).hex()}.eml"
            head = f"X-Envelope-To: {recipient}\r\n".encode()
            unfinished = self.directory / f".{name}"
            unfinished.write_bytes(head + envelope.original_content)
            unfinished.rename(self.directory / name)
        return "250 kept"


class Mailbox:
    """An SMTP server that keeps its mails in `directory`; a context manager."""

    def __init__(self, directory: Path, port: int) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self.port = port
        self._controller = Controller(_Keeper(directory), hostname="127.0.0.1", port=port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


def mails(directory: Path, recipient: str | None = None) -> Iterator[ReceivedMail]:
    """The mails kept in a directory, oldest first; those to one recipient when it is named."""
    for path in sorted(directory.glob("[!.]*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        to = str(message["X-Envelope-To"])
        if recipient in {None, to}:
            yield ReceivedMail(path.stem, to, message)
