"""What the steps of the walkthrough know together."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from porchlight.instance.mailbox import ReceivedMail, mails
from porchlight.instance.platform import Platform
from porchlight.seal.keys import Identity
from porchlight.walkthrough.person import Person, Unexpected

_WAIT_S = 60
_LINK = re.compile(r"https?://[^\s\"<>]+")


@dataclass
class Scene:
    """One throw-away instance, its people and what they hold. Secrets stay in this process."""

    platform: Platform
    mail_dir: Path
    video: Path
    letters: Path
    people: dict[str, Person] = field(default_factory=dict)
    keys: dict[str, Identity] = field(default_factory=dict)
    q: Identity | None = None
    request_id: str = ""
    links: dict[str, str] = field(default_factory=dict)
    share_id: str = ""
    sealed: bytes = field(default=b"", repr=False)
    clip: Identity | None = None
    opened: bytes = field(default=b"", repr=False)

    def person(self, key: str, side: str, email: str) -> Person:
        """Somebody new on a side."""
        made = Person(f"{key.title()} Demo", email, side, self.platform.port)
        self.people[key] = made
        return made

    def close(self) -> None:
        """End the installation's processes and close everybody's browser."""
        self.platform.stop()
        for person in self.people.values():
            person.close()

    def mails(self) -> Iterator[ReceivedMail]:
        """All mail so far."""
        return mails(self.mail_dir)

    def wait_for_mail(self, recipient: str, containing: str) -> ReceivedMail:
        """The first mail to `recipient` whose text holds `containing`; waits up to a minute for it."""
        deadline = time.monotonic() + _WAIT_S
        while time.monotonic() < deadline:
            for mail in mails(self.mail_dir, recipient):
                if containing in mail.text:
                    return mail
            time.sleep(0.1)
        raise Unexpected(f"no mail with {containing!r} came to {recipient}")


def link_in(text: str, containing: str) -> str:
    """The first link of a text that holds `containing`."""
    for link in _LINK.findall(text):
        if containing in link:
            return str(link)
    raise Unexpected(f"no link with {containing!r} in: {text[:200]}")
