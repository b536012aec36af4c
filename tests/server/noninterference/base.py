"""The ground both worlds start from: an agency, its officer's private home, and homes that may answer.

`L…` are households whose visible acts (share, withdraw) are the same in both worlds. `H…` are households that do hidden
things. `P` is the private home of the officer: in the area, with a camera, and asked like everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from tests.server.accounts import people
from tests.server.consent import arrange
from tests.server.video_requests import town

from porchlight.core.visibility import Actor
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.video_requests.models import VideoRequest

LAT, LON = town.SOUTH + 0.003, town.WEST + 0.004
VISIBLE = ("L1", "L2")
HIDDEN = ("H1", "H2", "H3")
PRIVATE = "P"


@dataclass
class Source:
    """Randomness that depends on the act that draws it and on nothing before: hidden acts use none of the others'."""

    label: str = "base"
    drawn: int = 0

    def __call__(self, count: int) -> bytes:
        self.drawn += 1
        block = sha256(f"{self.label}/{self.drawn}".encode()).digest()
        return (block * (count // len(block) + 1))[:count]

    @contextmanager
    def apart(self, label: str) -> Iterator[None]:
        """Draws in here come from a source of their own."""
        before = self.label, self.drawn
        self.begin(label)
        try:
            yield
        finally:
            self.label, self.drawn = before

    def begin(self, label: str) -> None:
        """From now on draws belong to the act of this label."""
        self.label, self.drawn = label, 0


@dataclass
class Moment:
    """The clock of both worlds; only steps of the common trace move it."""

    at: datetime = field(default_factory=lambda: town.NOW)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass(frozen=True)
class Ground:
    """What exists before the trace begins."""

    agents: town.Agents
    other: town.Agents
    reviewer: Actor
    homes: dict[str, Actor]
    requests: tuple[UUID, ...]
    keys: dict[int, Any] = field(default_factory=dict)

    def key_for(self, number: int, actor: Actor) -> Any:
        """The `number`-th new request identity with its wraps: the officer's browser draws it, not the server."""
        if number not in self.keys:
            self.keys[number] = town.key_for(actor)
        return self.keys[number]

    def user(self, actor: Actor) -> User:
        return User.objects.get(pk=actor.user_id)


def make(moment: Moment) -> Ground:
    """Build the ground through the actions. One request is approved already; its owners are not asked yet."""
    agents, other = town.make_agency(), town.make_agency("WI0990200")
    reviewer = town.make_reviewer("Rowan (demo)")
    for staff in (agents.officer, other.officer, reviewer):
        add_authenticator_app(User.objects.get(pk=staff.user_id), people.SECRET)
    homes = {
        name: arrange.home(f"{name.lower()}@home.example", lat=LAT + number * 1e-4, lon=LON)
        for number, name in enumerate((*VISIBLE, *HIDDEN, PRIVATE))
    }
    moment.forward(minutes=1)
    first = town.approved(agents, reviewer)
    return Ground(agents, other, reviewer, homes, (first.pk,))


def all_ids() -> Iterator[tuple[str, UUID]]:
    """Every id that an agency has seen, for doors that take one."""
    for request in VideoRequest.objects.order_by("created_at", "id"):
        yield "request", request.pk


ABSENT: Any = UUID("00000000-0000-4000-8000-00000000dead")
