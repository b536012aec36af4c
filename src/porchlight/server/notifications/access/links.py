"""The signed links of a mail. A link names an invitation or a household and proves that the platform wrote it.

Links tell nothing by themselves: ids are random, and what a link opens is the same page for everybody.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from porchlight.core.errors import NotFound

LINK_GOOD_FOR = timedelta(days=10)
_MOST_CHARACTERS = 200


def request_token(invitation_id: UUID, at: datetime) -> str:
    """The token of `/r/<token>/`: good for ten days from `at`. The same arguments give the same token."""
    return _signer("request").sign(f"{invitation_id.hex}-{int(at.timestamp()):x}")


def read_request_token(token: str, now: datetime) -> UUID:
    """The invitation's id. Raises NotFound for a token that is forged, cut short or past its ten days."""
    value = _unsigned("request", token)
    try:
        name, _, seconds = value.partition("-")
        made_at = datetime.fromtimestamp(int(seconds, 16), UTC)
        invitation_id = UUID(name)
    except (ValueError, OverflowError, OSError) as error:
        raise NotFound from error
    if now - made_at > LINK_GOOD_FOR:
        raise NotFound
    return invitation_id


def opt_out_token(household_id: UUID) -> str:
    """The token of `/o/<token>/`. It does not expire: who opts out a year later still means it."""
    return _signer("opt-out").sign(household_id.hex)


def read_opt_out_token(token: str) -> UUID:
    """The household's id. Raises NotFound for a forged token."""
    try:
        return UUID(_unsigned("opt-out", token))
    except ValueError as error:
        raise NotFound from error


def _unsigned(purpose: str, token: str) -> str:
    if len(token) > _MOST_CHARACTERS:
        raise NotFound
    try:
        return _signer(purpose).unsign(token)
    except BadSignature as error:
        raise NotFound from error


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"porchlight.link.{purpose}", sep=".")
