"""Who belongs to a household, as its own people see it, and who is invited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor, Kind
from porchlight.server.accounts import invitations
from porchlight.server.foundation import clock
from porchlight.server.households.access.own import own_ids
from porchlight.server.households.models import MemberInvitation, Membership

KIND = "household"


@dataclass(frozen=True)
class Housemate:
    """A person of the own household."""

    user_id: UUID
    name: str
    email: str = field(repr=False)
    holder: bool
    joined_at: datetime
    me: bool


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited and has not come in yet."""

    id: UUID
    email: str = field(repr=False)
    expires_at: datetime
    expired: bool


@dataclass(frozen=True)
class OpenInvitation:
    """What stands behind a mail's link: who invites, and nothing of where they live."""

    id: UUID
    household_id: UUID
    invited_by: str


def housemates(actor: Actor) -> tuple[Housemate, ...]:
    """The people of the own household, who came first first; none without one."""
    rows = Membership.objects.filter(household_id__in=own_ids(actor, Kind.HOUSEHOLD)).select_related("user")
    return tuple(
        Housemate(
            user_id=row.user_id,
            name=row.user.name,
            email=row.user.email,
            holder=row.role == "holder",
            joined_at=row.joined_at,
            me=str(row.user_id) == actor.user_id,
        )
        for row in rows.order_by("joined_at", "id")
    )


def me(actor: Actor) -> Housemate:
    """The actor's own place in the household. Raises NotFound."""
    found = next((each for each in housemates(actor) if each.me), None)
    if found is None:
        raise NotFound
    return found


def housemate(actor: Actor, user_id: UUID) -> Housemate:
    """One of them. Raises NotFound."""
    found = next((each for each in housemates(actor) if each.user_id == user_id), None)
    if found is None:
        raise NotFound
    return found


def invited(actor: Actor) -> tuple[Invited, ...]:
    """Who was invited into the own household and has not come, the newest first."""
    now = clock.now()
    rows = MemberInvitation.objects.filter(household_id__in=own_ids(actor, Kind.HOUSEHOLD))
    return tuple(
        Invited(row.pk, row.email, row.expires_at, expired=row.expires_at <= now)
        for row in rows.order_by("-created_at", "id")
    )


def member_invitation(token: str) -> OpenInvitation:
    """The open invitation of a link. Raises NotFound for one that is forged, expired, used or withdrawn."""
    invitation_id = invitations.id_in(KIND, token)
    row = (
        MemberInvitation.objects.select_related("invited_by")
        .filter(pk=invitation_id, expires_at__gt=clock.now())
        .first()
        if invitation_id is not None
        else None
    )
    if row is None or not invitations.matches(token, row.token_hash):
        raise NotFound
    return OpenInvitation(row.pk, row.household_id, row.invited_by.name if row.invited_by else "")
