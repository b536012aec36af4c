"""An agency's people, as its own members (and, for the first ones, operators) see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.core.reasons import Reason
from porchlight.core.visibility import Action, Actor, Role, decide
from porchlight.server.accounts import access as accounts
from porchlight.server.accounts import invitations
from porchlight.server.agencies.access.register import AgencyEntry, agency_facts, needs_of, public_agency
from porchlight.server.agencies.models import Invitation, Officer, OfficerKey
from porchlight.server.foundation import clock
from porchlight.server.tokens.access import TokenEntry, tokens_of_accounts


@dataclass(frozen=True)
class OfficerFacts:
    """An officer by name, for what the public and owners are told: name, title, agency."""

    user_id: UUID
    agency_id: UUID
    name: str
    title: str
    email: str
    active: bool


@dataclass(frozen=True)
class TeamMember:
    """One active member of an agency."""

    officer_id: UUID
    user_id: UUID
    name: str
    email: str
    title: str
    is_supervisor: bool
    is_custodian: bool
    is_admin: bool
    joined_at: datetime
    has_key: bool
    has_second_factor: bool
    locked: bool
    is_system: bool = False


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that was not answered yet."""

    id: UUID
    email: str
    name: str
    title: str
    is_supervisor: bool
    is_custodian: bool
    is_admin: bool
    expires_at: datetime
    expired: bool


def officer_of(user_id: UUID | str) -> OfficerFacts:
    """The officer that an account is or was. Raises NotFound."""
    found = Officer.objects.select_related("user").filter(user_id=user_id).first()
    if found is None:
        raise NotFound
    return OfficerFacts(
        user_id=found.user_id,
        agency_id=found.agency_id,
        name=found.user.name,
        title=found.title,
        email=found.user.email,
        active=found.left_at is None,
    )


def team(actor: Actor) -> tuple[TeamMember, ...]:
    """The active members of the actor's agency, by name. Raises NotFound for whoever is of none."""
    if not decide(actor, Action.OFFICER_READ, {"agency_id": actor.agency_id}):
        raise NotFound
    return _members(UUID(str(actor.agency_id)))


def agency_people(actor: Actor, agency_id: UUID) -> tuple[TeamMember, ...]:
    """The members who administer an agency, for operators."""
    facts = {"agency_id": str(agency_id), "role": Role.AGENCY_ADMIN.value}
    if not decide(actor, Action.OFFICER_READ, facts):
        raise NotFound
    return tuple(each for each in _members(agency_id) if each.is_admin)


def open_invitations(actor: Actor) -> tuple[OpenInvitation, ...]:
    """The unanswered invitations of the actor's agency, for its administrators; newest first."""
    if not decide(actor, Action.OFFICER_INVITE, {"agency_id": actor.agency_id}):
        raise NotFound
    return _open(UUID(str(actor.agency_id)))


def agency_invitations(actor: Actor, agency_id: UUID) -> tuple[OpenInvitation, ...]:
    """The unanswered invitations of administrators, for operators."""
    facts = {"agency_id": str(agency_id), "role": Role.AGENCY_ADMIN.value}
    if not decide(actor, Action.OFFICER_INVITE, facts):
        raise NotFound
    return tuple(each for each in _open(agency_id) if each.is_admin)


def invitation_behind(token: str) -> tuple[Invitation, AgencyEntry]:
    """The open invitation behind a link, and its agency. Raises NotFound if forged, expired, used or withdrawn."""
    invitation_id = invitations.id_in("agency", token)
    if invitation_id is None:
        raise NotFound
    found = Invitation.objects.filter(
        pk=invitation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    ).first()
    if found is None or not invitations.matches(token, found.token_hash):
        raise NotFound
    return found, public_agency(found.agency_id)


def system_tokens(actor: Actor) -> tuple[TokenEntry, ...]:
    """The tokens of the agency's evidence systems, newest first, for its administrators. Raises NotFound."""
    if not decide(actor, Action.OFFICER_INVITE, {"agency_id": actor.agency_id}):
        raise NotFound
    systems = Officer.objects.filter(agency_id=str(actor.agency_id), is_system=True, left_at=None)
    return tokens_of_accounts(systems.values_list("user_id", flat=True))


def team_needs(agency_id: UUID | str) -> tuple[Reason, ...]:
    """What the agency's team still lacks before it can ask owners; empty when it is complete."""
    facts = agency_facts(agency_id)
    supervisors = Officer.objects.filter(agency_id=agency_id, left_at=None, is_supervisor=True).count()
    return needs_of(officers=facts.officers, supervisors=supervisors, custodians=facts.custodians_with_keys)


def _members(agency_id: UUID) -> tuple[TeamMember, ...]:
    officers = list(
        Officer.objects.select_related("user")
        .filter(agency_id=agency_id, left_at=None)
        .order_by("user__display_name", "user__email")
    )
    keys = OfficerKey.objects.filter(officer__in=officers, retired_at=None)
    with_key = frozenset(keys.values_list("officer_id", flat=True))
    protected = accounts.with_second_factor([each.user_id for each in officers])
    return tuple(
        TeamMember(
            officer_id=each.pk,
            user_id=each.user_id,
            name=each.user.name,
            email=each.user.email,
            title=each.title,
            is_supervisor=each.is_supervisor,
            is_custodian=each.is_custodian,
            is_admin=each.is_admin,
            joined_at=each.joined_at,
            has_key=each.pk in with_key,
            has_second_factor=each.user_id in protected,
            locked=each.user.locked_at is not None,
            is_system=each.is_system,
        )
        for each in officers
    )


def _open(agency_id: UUID) -> tuple[OpenInvitation, ...]:
    now = clock.now()
    found = Invitation.objects.filter(agency_id=agency_id, accepted_at=None, withdrawn_at=None)
    return tuple(
        OpenInvitation(
            id=each.pk,
            email=each.email,
            name=each.name,
            title=each.title,
            is_supervisor=each.is_supervisor,
            is_custodian=each.is_custodian,
            is_admin=each.is_admin,
            expires_at=each.expires_at,
            expired=each.expires_at <= now,
        )
        for each in found.order_by("-created_at")
    )
