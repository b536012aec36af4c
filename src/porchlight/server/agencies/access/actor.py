"""Who an agency's account is."""

from __future__ import annotations

from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts.models import User
from porchlight.server.agencies.models import Agency, Officer


def roles_of(*, is_supervisor: bool, is_custodian: bool, is_admin: bool) -> frozenset[Role]:
    """What a member is besides an officer."""
    held = {
        Role.SUPERVISOR: is_supervisor,
        Role.CUSTODIAN: is_custodian,
        Role.AGENCY_ADMIN: is_admin,
    }
    return frozenset(role for role, holds in held.items() if holds)


def officer_actor(user: User) -> Actor | None:
    """The officer, or None for an account whose officer left."""
    officer = Officer.objects.filter(user=user, left_at=None).first()
    if officer is None:
        return None
    if officer.is_system:
        return Actor(Side.AGENCY, Role.CUSTODIAN, user_id=str(user.pk), agency_id=str(officer.agency_id))
    return Actor(
        Side.AGENCY,
        Role.OFFICER,
        user_id=str(user.pk),
        agency_id=str(officer.agency_id),
        also=roles_of(
            is_supervisor=officer.is_supervisor,
            is_custodian=officer.is_custodian,
            is_admin=officer.is_admin,
        ),
    )


def agency_name(actor: Actor) -> str:
    """The line under an officer's name."""
    agency = Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None
    return (agency.short_name or agency.name) if agency is not None else ""
