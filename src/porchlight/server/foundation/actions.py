"""`@action`: the one way to write.

An action opens the transaction, records who did what, puts events into the outbox, and names itself to the write
guard. Invariants:

- nothing leaves the process before the commit: mail, pushes and log appends are outbox events;
- a write to a domain table outside an action raises `UnnamedWrite`, bulk writes included (see `writeguard`);
- an action inside an action joins the transaction of the outer one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import transaction

from porchlight.core.visibility import Actor
from porchlight.server.foundation.models import AuditEntry, OutboxEvent

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class _Running:
    name: str
    actor: Actor | None


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)


class OutsideAction(RuntimeError):
    """`audit` or `emit` was called where no action runs."""


def running_action() -> str | None:
    """The name of the action that runs now, or None."""
    running = _running.get()
    return running.name if running else None


@contextmanager
def housekeeping(name: str) -> Iterator[None]:
    """Name writes that are nobody's act: queue leases, rate counters, a test's clean-up. Opens no transaction."""
    token = _running.set(_Running(name, None))
    try:
        yield
    finally:
        _running.reset(token)


def action(name: str) -> Callable[[F], F]:
    """Make a keyword-only function an action called `name`, as in "video_request.sign".

    The function takes the actor as `by`: an `Actor`, or None for the system itself.
    """

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def run(**given: Any) -> Any:
            token = _running.set(_Running(name, given.get("by")))
            try:
                with transaction.atomic():
                    return function(**given)
            finally:
                _running.reset(token)

        run.action_name = name  # type: ignore[attr-defined]
        return cast("F", run)

    return decorate


def audit(subject: str, **facts: Any) -> None:
    """Record the running action: `subject` is "kind:id", `facts` are plain values without personal text.

    What a program did with an API token bears that token's id too.
    """
    running = _running.get()
    if running is None:
        raise OutsideAction("audit() is called inside an @action")
    actor = running.actor
    if actor is not None and actor.token_id is not None:
        facts["token"] = actor.token_id
    AuditEntry.objects.create(
        action=running.name,
        actor_id=actor.user_id if actor else None,
        actor_side=actor.side.value if actor else "system",
        agency_id=actor.agency_id if actor else None,
        subject=subject,
        facts=facts,
    )


def emit(topic: str, *, available_at: Any = None, **ids: UUID | str | int) -> None:
    """Put an event into the outbox: it is handled after the commit, at `available_at` or at once. Ids only."""
    if _running.get() is None:
        raise OutsideAction("emit() is called inside an @action")
    payload = {key: str(value) if isinstance(value, UUID) else value for key, value in ids.items()}
    event = OutboxEvent(topic=topic, payload=payload)
    if available_at is not None:
        event.available_at = available_at
    event.save(force_insert=True)
