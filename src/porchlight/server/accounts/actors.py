"""Who acts: from an account to the core's `Actor`.

Each side's domain registers how an account of that side becomes an actor. An account without a place (an officer who
left, a resident without a household) is whatever its resolver says, and nobody if there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts.models import User

Resolver = Callable[[User], Actor | None]
Detail = Callable[[Actor], str]


@dataclass(frozen=True)
class _Registered:
    resolver: Resolver
    detail: Detail | None


_registered: dict[Side, _Registered] = {}


def register(side: Side, resolver: Resolver, detail: Detail | None = None) -> None:
    """Let `resolver` turn accounts of a side into actors; `detail` is the line under the name on its pages."""
    _registered[side] = _Registered(resolver, detail)


def resolve(user: User) -> Actor | None:
    """The actor that an active account is, or None. Says nothing about its second factor."""
    known = _registered.get(Side(user.side))
    return known.resolver(user) if known is not None and user.is_active else None


def detail_of(actor: Actor) -> str:
    """What stands under the person's name, e.g. the agency; may be empty."""
    known = _registered.get(actor.side)
    return known.detail(actor) if known is not None and known.detail is not None else ""


def reviewer(user: User) -> Actor:
    """Accounts of the review side come from invitations only: each is a reviewer."""
    return Actor(Side.REVIEW, Role.REVIEWER, user_id=str(user.pk))


def operator(user: User) -> Actor:
    """Accounts of the operator side come from invitations only: each is an operator."""
    return Actor(Side.OPERATOR, Role.OPERATOR, user_id=str(user.pk))
