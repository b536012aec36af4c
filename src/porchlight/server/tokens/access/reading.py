"""Every read about tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from porchlight.core.visibility import Actor, Side
from porchlight.server.accounts import access as accounts
from porchlight.server.accounts import actors
from porchlight.server.accounts.models import User
from porchlight.server.foundation import clock
from porchlight.server.tokens.access.secret import is_plausible, kept
from porchlight.server.tokens.models import Token


@dataclass(frozen=True)
class TokenEntry:
    """A token as its owner sees it. `works`: not revoked, not expired, and the password is still the same."""

    id: UUID
    user_id: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None
    works: bool


@dataclass(frozen=True)
class Bearer:
    """Who acts with a token, and for what."""

    actor: Actor
    scopes: frozenset[str]
    token_id: UUID
    last_used_on: date | None
    language: str


def tokens_of(actor: Actor) -> tuple[TokenEntry, ...]:
    """The person's own tokens, newest first; what ended is listed too, until it is 90 days old."""
    return tokens_of_accounts([actor.user_id] if actor.user_id else [])


def tokens_of_accounts(user_ids: Iterable[UUID | str]) -> tuple[TokenEntry, ...]:
    """The tokens of these accounts, newest first. The caller has checked that they may be seen."""
    now = clock.now()
    rows = Token.objects.select_related("user").filter(user_id__in=list(user_ids))
    return tuple(entry_of(row, now) for row in rows.order_by("-created_at", "id"))


def bearer_of(text: str, side: Side) -> Bearer | None:
    """Who a token speaks for on this side, or None: unknown, ended, expired, of another side, of a locked account.

    A staff account must have its second factor still; a token never counts as a fresh one.
    """
    if not is_plausible(text):
        return None
    row = Token.objects.select_related("user").filter(secret_sha256=kept(text)).first()
    if row is None or row.user.side != side.value or not _works(row, clock.now()):
        return None
    user = row.user
    actor = actors.resolve(user)
    if actor is None:
        return None
    if side is not Side.RESIDENT and not _is_protected(user, row):
        return None
    acting = replace(actor, second_factor=side is not Side.RESIDENT, fresh_factor=False, token_id=str(row.pk))
    return Bearer(acting, frozenset(row.scopes), row.pk, row.last_used_on, user.language)


def password_print(user: User) -> str:
    """What changes with the password and tells nothing of it: the stored hash is salted and slow."""
    return hashlib.sha256(f"porchlight token {user.pk} {user.password}".encode()).hexdigest()


def entry_of(row: Token, now: datetime) -> TokenEntry:
    """The row for people."""
    return TokenEntry(
        id=row.pk,
        user_id=row.user_id,
        name=row.name,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_on=row.last_used_on,
        revoked_at=row.revoked_at,
        works=_works(row, now),
    )


def _works(row: Token, now: datetime) -> bool:
    user = row.user
    return (
        row.revoked_at is None
        and row.expires_at > now
        and user.is_active
        and user.locked_at is None
        and row.password_print == password_print(user)
    )


def _is_protected(user: User, row: Token) -> bool:
    """A system's account has no sign-in at all: whoever made its token passed their own second factor for it."""
    return str(row.made_by) != str(user.pk) or accounts.has_second_factor(user)
