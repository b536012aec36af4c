"""The agency, its people and the caller's own key. Who may do what is changed by a person, never by a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from porchlight.core.visibility import Role
from porchlight.server.agencies import access, actions
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.agency.api.side import api
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Given, Why
from porchlight.server.tokens.access import Scope
from porchlight.server.ui.reasons import text_of

_OFFICER, _ADMIN = Audience.OFFICER, Audience.AGENCY_ADMIN


class AgencyOut(Schema):
    """The agency as its register has it."""

    id: UUID
    ori: str
    name: str
    short_name: str
    state: str
    case_template: str
    jurisdiction: dict[str, Any] | None
    timezone: str
    status: str
    joined_on: date


class MemberOut(Schema):
    """A member; `is_system` is no person but an evidence system."""

    officer_id: UUID
    name: str
    email: str
    title: str
    is_supervisor: bool
    is_custodian: bool
    is_admin: bool
    is_system: bool
    joined_at: datetime
    has_key: bool
    has_second_factor: bool
    locked: bool


class InvitationOut(Schema):
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


class TeamOut(Schema):
    """`needs`: what is still missing before the agency can ask. `invitations`: for administrators."""

    members: list[MemberOut]
    invitations: list[InvitationOut]
    needs: list[Why]


class RolesIn(Given):
    """What a member may do besides asking."""

    is_supervisor: bool = False
    is_custodian: bool = False
    is_admin: bool = False


class InviteIn(RolesIn):
    """Who is invited, and as what."""

    name: str = Field(max_length=80)
    email: str = Field(max_length=254)
    title: str = Field("", max_length=60)


class KeyOut(Schema):
    """One of the caller's own keys. `wrapped`: an armored age file that the owner's passphrase opens."""

    key_id: UUID
    recipient: str
    wrapped: str
    created_at: datetime
    retired_at: datetime | None


class KeysOut(Schema):
    """The key in use, and earlier ones, newest first."""

    current: KeyOut | None
    former: list[KeyOut]


class KeyIn(Given):
    """A new key: its public half, and its secret half under a passphrase."""

    recipient: str = Field(max_length=200)
    wrapped: str = Field(max_length=8000)


@api.get("/agency", audience=_OFFICER, scope=Scope.TEAM_READ, answer=AgencyOut)
def read_agency(request: ApiRequest) -> access.AgencyEntry:
    """The caller's own agency."""
    return access.my_agency(request.actor)


@api.get("/team", audience=_OFFICER, scope=Scope.TEAM_READ, answer=TeamOut)
def read_team(request: ApiRequest) -> Mapping[str, object]:
    """Who is in the team, and what the agency still needs before it can ask."""
    agency = access.my_agency(request.actor)
    is_admin = Role.AGENCY_ADMIN in request.actor.roles
    return {
        "members": access.team(request.actor),
        "invitations": access.open_invitations(request.actor) if is_admin else (),
        "needs": [{**each.as_dict(), "text": text_of(each)} for each in access.team_needs(agency.id)],
    }


@api.post("/team/invitations", audience=_ADMIN, status=204)
def invite_member(request: ApiRequest, body: InviteIn) -> None:
    """Invite somebody; the link goes to their address and nowhere else."""
    agency = access.my_agency(request.actor)
    actions.invite_officer(agency_id=agency.id, by=request.actor, **body.dict())


@api.post("/team/invitations/{uuid:invitation_id}/withdraw", audience=_ADMIN, status=204)
def withdraw_invitation(request: ApiRequest, invitation_id: UUID) -> None:
    """End an invitation; its link opens nothing any more."""
    actions.withdraw_invitation(invitation_id=invitation_id, by=request.actor)


@api.post("/team/{uuid:officer_id}/roles", audience=_ADMIN, status=204)
def change_roles(request: ApiRequest, officer_id: UUID, body: RolesIn) -> None:
    """Say what a member may do."""
    actions.change_roles(officer_id=officer_id, by=request.actor, **body.dict())


@api.post("/team/{uuid:officer_id}/remove", audience=_ADMIN, status=204)
def remove_member(request: ApiRequest, officer_id: UUID) -> None:
    """Let a member or an evidence system go, at once."""
    actions.remove_officer(officer_id=officer_id, by=request.actor)


@api.post("/team/{uuid:officer_id}/unlock", audience=_ADMIN, status=204)
def unlock_member(request: ApiRequest, officer_id: UUID) -> None:
    """Free a member whom wrong passwords locked."""
    actions.unlock_officer(officer_id=officer_id, by=request.actor)


@api.get("/keys", audience=_OFFICER, scope=Scope.TEAM_READ, answer=KeysOut)
def read_keys(request: ApiRequest) -> Mapping[str, object]:
    """The caller's own evidence keys, as the server holds them."""
    current = access.current_key(request.actor)
    return {
        "current": asdict(current) if current else None,
        "former": [asdict(each) for each in access.former_keys(request.actor)],
    }


@api.post("/keys", audience=_OFFICER, answer=KeyOut, status=201)
def store_key(request: ApiRequest, body: KeyIn) -> access.OwnKey:
    """Keep a new key of one's own. One that is in use is replaced only after the second factor was passed again."""
    return actions.store_key(by=request.actor, recipient=body.recipient, wrapped=body.wrapped)
