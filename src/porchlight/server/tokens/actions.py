"""Every write about tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor, Role, Side
from porchlight.core.wording import TextRule, text_reasons, tidy
from porchlight.server.accounts.models import User
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action, audit
from porchlight.server.tokens.access import LONGEST, OF_A_SYSTEM, OFFERED, USUAL, Scope
from porchlight.server.tokens.access.reading import Bearer, TokenEntry, entry_of, password_print
from porchlight.server.tokens.access.secret import kept, new_secret
from porchlight.server.tokens.models import Token

MOST_TOKENS = 20
_NAME = TextRule("name", least=2, most=60)


@dataclass(frozen=True)
class Made:
    """A new token. `secret` is known here and never again."""

    entry: TokenEntry
    secret: str = field(repr=False)


@action("token.make")
def make_token(*, name: str, scopes: Sequence[str], days: int = USUAL.days, by: Actor) -> Made:
    """A token for the person's own programs. On the staff sides the second factor was passed again for it.

    A token makes no tokens. Raises Refused with all reasons, NotFound for nobody.
    """
    if by.user_id is None or Role.ANYONE in by.roles:
        raise NotFound
    if by.token_id is not None:
        raise Refused((reason("needs_a_person"),))
    if by.side is not Side.RESIDENT and not by.fresh_factor:
        raise Refused((reason("second_factor_again"),))
    user = User.objects.get(pk=by.user_id)
    return _made(user, name, scopes=scopes, offered=OFFERED[by.side], days=days, by=by)


@action("token.make_for_system")
def make_for_system(*, user_id: UUID, name: str, days: int = USUAL.days, by: Actor) -> Made:
    """A token of an agency's evidence system. The caller has checked that `by` administers it."""
    if by.token_id is not None:
        raise Refused((reason("needs_a_person"),))
    if not by.fresh_factor:
        raise Refused((reason("second_factor_again"),))
    user = User.objects.get(pk=user_id)
    return _made(user, name, scopes=OF_A_SYSTEM, offered=OF_A_SYSTEM, days=days, by=by)


@action("token.revoke")
def revoke_token(*, token_id: UUID, by: Actor) -> None:
    """End one of the person's own tokens, at once and for good. Ended twice is ended. Raises NotFound."""
    row = Token.objects.filter(pk=token_id, user_id=by.user_id).first() if by.user_id else None
    if row is None:
        raise NotFound
    _end(row)


@action("token.revoke_for_system")
def revoke_for_system(*, token_id: UUID, user_id: UUID, by: Actor) -> None:  # noqa: ARG001 - recorded by the audit entry
    """End a token of an agency's evidence system. The caller has checked that `by` administers it. Raises NotFound."""
    row = Token.objects.filter(pk=token_id, user_id=user_id).first()
    if row is None:
        raise NotFound
    _end(row)


@action("token.note_use")
def note_use(*, bearer: Bearer) -> None:
    """Remember the day on which a token was used last; written once a day."""
    today = clock.now().date()
    if bearer.last_used_on != today:
        Token.objects.filter(pk=bearer.token_id).update(last_used_on=today)


def _end(row: Token) -> None:
    if row.revoked_at is None:
        Token.objects.filter(pk=row.pk).update(revoked_at=clock.now())
        audit(f"token:{row.pk}", event="revoked")


def _made(
    user: User, name: str, *, scopes: Sequence[str], offered: Sequence[Scope], days: int, by: Actor
) -> Made:
    name = tidy(name)
    wanted = sorted({str(each) for each in scopes})
    longest = LONGEST[Side(user.side)].days
    objections: list[Reason] = list(text_reasons(name, _NAME))
    if not wanted or not set(wanted) <= {each.value for each in offered}:
        objections.append(reason("token_scopes_unknown"))
    if not 1 <= days <= longest:
        objections.append(reason("token_days", most_days=longest))
    now = clock.now()
    if Token.objects.filter(user=user, revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        objections.append(reason("token_too_many", most=MOST_TOKENS))
    if objections:
        raise Refused(tuple(objections))
    secret = new_secret()
    row = Token(
        id=randomness.uuid4(),
        user=user,
        made_by=UUID(str(by.user_id)),
        name=name,
        scopes=wanted,
        secret_sha256=kept(secret),
        password_print=password_print(user),
        expires_at=now + timedelta(days=days),
    )
    row.save(force_insert=True)
    audit(f"token:{row.pk}", event="made", scopes=wanted, days=days, account=str(user.pk))
    return Made(entry_of(row, now), secret)
