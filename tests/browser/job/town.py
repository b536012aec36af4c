"""The people of the walkthrough, joined over HTTP as it does it, with two households more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from porchlight.instance.mailbox import Mailbox, ReceivedMail
from porchlight.walkthrough import ground, preparing
from porchlight.walkthrough.person import Person
from porchlight.walkthrough.running import new_scene
from porchlight.walkthrough.scene import Scene

_LAT, _LON = 44.90, -121.50
MORE_HOMES = {
    "erin": (_LAT + 0.0020, _LON + 0.0050),
    "fay": (_LAT + 0.0025, _LON + 0.0030),
    "iris": (_LAT + 0.0022, _LON + 0.0034),
}
_MORE_ADDRESSES = {
    "erin": "204 Walkthrough Street",
    "fay": "205 Walkthrough Street",
    "iris": "208 Walkthrough Street",
}
_MAIL_S = 90


@dataclass
class Town:
    """The installation, its people, and the directory in which everything lies."""

    scene: Scene
    directory: Path

    def person(self, key: str) -> Person:
        return self.scene.people[key]

    def url(self, side: str) -> str:
        return self.scene.platform.url(side)

    def wait_for_mail(self, key: str, *, about: str, link: str) -> ReceivedMail:
        """The mail to a person that names a case (or says anything else) and holds a link."""
        deadline = time.monotonic() + _MAIL_S
        while time.monotonic() < deadline:
            for mail in self.scene.mails():
                if mail.recipient == self.person(key).email and about in mail.text and link in mail.text:
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no mail about {about} with {link} came to {key}")


@contextmanager
def prepared(directory: Path, backend: Mapping[str, str]) -> Iterator[Town]:
    """Everybody has joined; nothing has been asked yet."""
    scene = new_scene(directory / "none.mp4", directory / "instance", backend)
    with Mailbox(scene.mail_dir, scene.platform.smtp_port):
        try:
            preparing.start(scene)
            preparing.staff_joins(scene)
            preparing.agency_joins(scene)
            preparing.homes_join(scene)
            for key, place in MORE_HOMES.items():
                preparing.home_joins(scene, key, _MORE_ADDRESSES[key], place)
            preparing.letters_prove(scene, ground.ADDRESSES | _MORE_ADDRESSES)
            yield Town(scene, directory)
        finally:
            scene.close()


def local(days_ago: int, hour: int, minute: int = 0) -> str:
    """A local time of the agency as a `datetime-local` field takes it."""
    day = (datetime.now(UTC) - timedelta(days=days_ago)).astimezone(ZoneInfo(ground.ZONE))
    return day.replace(hour=hour, minute=minute).strftime("%Y-%m-%dT%H:%M")


def corners(polygon: dict) -> str:
    """A polygon as the text field takes it."""
    return "\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in polygon["coordinates"][0][:-1])
