"""One world: the common trace with its hidden acts between, and what was seen at each look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from tests.backends import storage_url
from tests.server.accounts import people
from tests.server.consent import arrange
from tests.server.footage.vault import Vault
from tests.server.noninterference import acts, doors
from tests.server.noninterference.base import Ground, Moment, Source

from porchlight.core import notices
from porchlight.core.visibility import Actor
from porchlight.server.consent.models import Invitation
from porchlight.server.consent.tasks import asking
from porchlight.server.foundation import clock, outbox, randomness, worker
from porchlight.server.foundation.objects import object_store
from porchlight.server.notifications.access import links

_ROUNDS = 40


class RefusingBackend(EmailBackend):
    """Keeps mail in memory with the moment it came; refuses what is addressed to `refused`, as a mail server would."""

    refused: set[str] = set()
    now: Callable[[], datetime]

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if set(message.to) & RefusingBackend.refused:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"no such mailbox")})
            message.came_at = RefusingBackend.now()
        return super().send_messages(messages)


@dataclass
class World:
    """The state of one run on a ground that is rolled back afterwards."""

    ground: Ground
    moment: Moment
    source: Source
    requests: list[UUID]
    shares: list[UUID] = field(default_factory=list)
    refused_mail: set[str] = field(default_factory=set)
    seen: list[Any] = field(default_factory=list)
    vaults: dict[str, Vault] = field(default_factory=dict)
    _numbers: int = 0

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def home(self, name: str) -> Actor:
        return arrange.again(self.ground.homes[name])

    def browser(self, name: str) -> Client:
        return people.signed_in(self.ground.user(self.ground.homes[name]))

    def post(self, path: str, values: dict[str, str]) -> None:
        Client(headers={"host": "localhost"}).post(path, values)

    def link_tokens(self, name: str) -> Iterator[str]:
        household = self.home(name).household_id
        for row in Invitation.objects.filter(household_id=household):
            yield links.request_token(row.pk, self.moment.at)

    def work(self) -> None:
        """Let the background worker do all that is due at this moment."""
        for _ in range(_ROUNDS):
            busy = outbox.run_once(self.moment.at)
            for job in worker._periodic.values():
                busy = job.work(self.moment.at) or busy
            if not busy:
                return


def run(ground: Ground, low: list[acts.Act], high: list[list[acts.Act]], objects: Path) -> list[Any]:
    """Play the trace with the hidden acts of each gap; returns everything that could be seen."""
    with ExitStack() as stack:
        world = stack.enter_context(_opened(ground, objects))
        for place, step in enumerate(low):
            _hidden(world, place, high)
            world.source.begin(f"low/{place}")
            acts.LOW[step[0]](world, step[1])
            world.source.begin(f"work/{place}")
            world.work()
        _hidden(world, len(low), high)
        world.work()
        world.source.begin("look")
        world.seen.append(doors.look(world))
        return world.seen


def _hidden(world: World, place: int, high: list[list[acts.Act]]) -> None:
    for number, (name, home) in enumerate(high[place] if place < len(high) else []):
        world.source.begin(f"hidden/{place}/{number}")
        argument = number % 3 + 1 if name == "newcomers" else home
        acts.HIGH[name](world, argument)


@contextmanager
def _opened(ground: Ground, objects: Path) -> Iterator[World]:
    """A world of its own: database rolled back afterwards, own objects, own mail, the same clock and randomness."""
    moment, source = Moment(), Source()
    moment.forward(minutes=2)
    RefusingBackend.refused, RefusingBackend.now = set(), moment
    mail.outbox = []
    cache.clear()
    with ExitStack() as stack:
        stack.enter_context(clock.use_clock(moment))
        stack.enter_context(randomness.use_random(source))
        stack.enter_context(_settings(objects))
        stack.enter_context(_fixed_draws(source))
        stack.enter_context(transaction.atomic())
        world = World(ground, moment, source, list(ground.requests), refused_mail=RefusingBackend.refused)
        source.begin("work/start")
        try:
            yield world
        finally:
            transaction.set_rollback(True)


@contextmanager
def _settings(objects: Path) -> Iterator[None]:
    before, backend = settings.PORCHLIGHT, settings.EMAIL_BACKEND
    settings.PORCHLIGHT = replace(before, storage_url=storage_url(objects))
    settings.EMAIL_BACKEND = f"{RefusingBackend.__module__}.{RefusingBackend.__qualname__}"
    object_store.cache_clear()
    try:
        yield
    finally:
        settings.PORCHLIGHT, settings.EMAIL_BACKEND = before, backend
        object_store.cache_clear()


@contextmanager
def _fixed_draws(source: Source) -> Iterator[None]:
    """A notice's moment is drawn for it alone, so the worlds may share each draw: the same bytes for every notice.

    What asking draws (a household's invitation, a mail's id) is drawn apart: it must not move later draws.
    Form tokens of the framework are masked anew for each answer; here always alike.
    """
    real, ask = notices.send_moment, asking.ask_some

    def asking_apart(request: Any, after: Any) -> Any:
        with source.apart(f"asking/{request.id}/{after}"):
            return ask(request, after)

    def drawn_alike(_source: Any, approved_at: datetime, window: Any) -> datetime:
        return real(lambda count: b"\x40" * count, approved_at, window)

    def token(length: int, allowed_chars: str = "") -> str:
        return "a" * length

    with (
        patch.object(notices, "send_moment", drawn_alike),
        patch.object(asking, "ask_some", asking_apart),
        patch("django.middleware.csrf.get_random_string", token),
    ):
        yield


def without_links(text: str) -> str:
    """A mail's own links are signed and different for everybody."""
    return re.sub(r"/(r|o)/[^/\s\"]+/", r"/\1/…/", text)
