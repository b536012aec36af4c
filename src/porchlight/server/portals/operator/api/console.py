"""The console: agencies, where they may ask, and the people of desk and console. People change it, programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Query, Schema
from pydantic import ConfigDict

from porchlight.core.errors import NotFound
from porchlight.core.places import read_jurisdiction
from porchlight.core.visibility import Side
from porchlight.server.accounts import access as accounts
from porchlight.server.accounts import actions as account_actions
from porchlight.server.agencies import access, actions
from porchlight.server.agencies.access.details import read_details
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Given, Made, Why
from porchlight.server.portals.operator.api.side import api
from porchlight.server.tokens.access import Scope
from porchlight.server.ui.reasons import text_of

_OPERATOR = Audience.OPERATOR
_READ = Scope.AGENCIES_READ


class AgencyRowOut(Schema):
    """An agency, and what it needs before it can ask."""

    id: UUID
    ori: str
    name: str
    state: str
    status: str
    joined_on: date
    officers: int
    needs: list[Why]


class AgencyRowsOut(Schema):
    """A hundred by name. `next_start` is the `start` of those that follow, or null."""

    items: list[AgencyRowOut]
    total: int
    next_start: int | None


class AdminOut(Schema):
    """Somebody who administers an agency."""

    name: str
    email: str
    has_second_factor: bool
    locked: bool


class InvitedOut(Schema):
    """An invitation that was not answered yet."""

    id: UUID
    email: str
    name: str
    expires_at: datetime
    expired: bool


class AgencyOut(Schema):
    """One agency, who administers it, what it needs."""

    id: UUID
    ori: str
    name: str
    short_name: str
    state: str
    county_fips: str
    population: int | None
    mail_domain: str
    phone: str
    case_template: str
    jurisdiction: dict[str, Any] | None
    timezone: str
    status: str
    joined_on: date
    admins: list[AdminOut]
    invitations: list[InvitedOut]
    needs: list[Why]


class AgenciesQuery(Schema):
    """`q` looks in name and ORI."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=120, pattern=r"^[^\x00-\x1f]*$")
    start: int = Field(0, ge=0, le=1_000_000)


class AgencyIn(Given):
    """An agency's entry in the register, as texts."""

    ori: str = Field(max_length=9)
    name: str = Field(max_length=120)
    state: str = Field(max_length=2)
    short_name: str = Field("", max_length=60)
    county_fips: str = Field("", max_length=5)
    population: int | None = Field(None, ge=0, le=100_000_000)
    mail_domain: str = Field("", max_length=120)
    phone: str = Field("", max_length=40)
    case_template: str = Field("", max_length=40)
    timezone: str = Field("", max_length=64)


class JurisdictionIn(Given):
    """A GeoJSON Polygon or MultiPolygon."""

    jurisdiction: dict[str, Any]


class AdminIn(Given):
    """Who is invited to administer an agency."""

    name: str = Field(max_length=80)
    email: str = Field(max_length=254)
    title: str = Field("", max_length=60)


class StaffOut(Schema):
    """A reviewer or an operator."""

    user_id: UUID
    name: str
    email: str
    side: str
    joined_at: datetime
    locked: bool
    has_second_factor: bool


class StaffInvitedOut(InvitedOut):
    """With the side that it is to."""

    side: str


class PeopleOut(Schema):
    """Everybody who works at the review desk or the console."""

    people: list[StaffOut]
    invitations: list[StaffInvitedOut]


class StaffIn(Given):
    """Who is invited, and as what."""

    side: Literal["review", "operator"]
    name: str = Field(max_length=80)
    email: str = Field(max_length=254)


@api.get("/agencies", audience=_OPERATOR, scope=_READ, answer=AgencyRowsOut)
def list_agencies(request: ApiRequest, query: Query[AgenciesQuery]) -> Mapping[str, object]:
    """Agencies and what each still needs, a hundred at a time."""
    page = access.agencies_for_operator(request.actor, search=query.q, start=query.start)
    rows = [{**vars(each.agency), "officers": each.officers, "needs": _why(each.needs)} for each in page.rows]
    return {"items": rows, "total": page.total, "next_start": page.next_start}


@api.post("/agencies", audience=_OPERATOR, answer=Made, status=201)
def add_agency(request: ApiRequest, body: AgencyIn) -> Mapping[str, object]:
    """Add an agency to the register. It stands in the public log."""
    given = {name: "" if value is None else str(value) for name, value in body.dict().items()}
    return {"id": actions.add_agency(details=read_details(given), by=request.actor).id}


@api.get("/agencies/{uuid:agency_id}", audience=_OPERATOR, scope=_READ, answer=AgencyOut)
def read_agency(request: ApiRequest, agency_id: UUID) -> Mapping[str, object]:
    """One agency: where it may ask, who administers it, what it needs."""
    agency = access.agency_for_operator(request.actor, agency_id)
    return {
        **vars(agency),
        "admins": access.agency_people(request.actor, agency_id),
        "invitations": access.agency_invitations(request.actor, agency_id),
        "needs": _why(access.team_needs(agency_id)),
    }


@api.post("/agencies/{uuid:agency_id}/jurisdiction", audience=_OPERATOR, status=204)
def set_jurisdiction(request: ApiRequest, agency_id: UUID, body: JurisdictionIn) -> None:
    """Say where an agency may ask. It stands in the public log."""
    agency = access.agency_for_operator(request.actor, agency_id)
    actions.set_jurisdiction(
        agency_id=agency.id, jurisdiction=read_jurisdiction(body.jurisdiction), by=request.actor
    )


@api.post("/agencies/{uuid:agency_id}/invitations", audience=_OPERATOR, status=204)
def invite_administrator(request: ApiRequest, agency_id: UUID, body: AdminIn) -> None:
    """Invite an administrator of an agency; the link goes by mail."""
    agency = access.agency_for_operator(request.actor, agency_id)
    actions.invite_officer(agency_id=agency.id, is_admin=True, by=request.actor, **body.dict())


@api.post(
    "/agencies/{uuid:agency_id}/invitations/{uuid:invitation_id}/withdraw", audience=_OPERATOR, status=204
)
def withdraw_agency_invitation(request: ApiRequest, agency_id: UUID, invitation_id: UUID) -> None:
    """End an invitation of an agency."""
    if all(each.id != invitation_id for each in access.agency_invitations(request.actor, agency_id)):
        raise NotFound
    actions.withdraw_invitation(invitation_id=invitation_id, by=request.actor)


@api.get("/people", audience=_OPERATOR, scope=_READ, answer=PeopleOut)
def list_people(request: ApiRequest) -> Mapping[str, object]:
    """Reviewers and operators."""
    return {
        "people": accounts.staff(request.actor),
        "invitations": accounts.open_staff_invitations(request.actor),
    }


@api.post("/people/invitations", audience=_OPERATOR, status=204)
def invite_staff(request: ApiRequest, body: StaffIn) -> None:
    """Invite a reviewer or an operator; the link goes by mail."""
    account_actions.invite_staff(
        email=body.email, side=Side(body.side), display_name=body.name, by=request.actor
    )


@api.post("/people/invitations/{uuid:invitation_id}/withdraw", audience=_OPERATOR, status=204)
def withdraw_staff_invitation(request: ApiRequest, invitation_id: UUID) -> None:
    """End an invitation of a reviewer or an operator."""
    account_actions.withdraw_staff_invitation(invitation_id=invitation_id, by=request.actor)


@api.post("/people/{uuid:user_id}/unlock", audience=_OPERATOR, status=204)
def unlock_staff(request: ApiRequest, user_id: UUID) -> None:
    """Free somebody whom wrong passwords locked."""
    account_actions.unlock_staff(user_id=user_id, by=request.actor)


@api.post("/people/{uuid:user_id}/remove", audience=_OPERATOR, status=204)
def remove_staff(request: ApiRequest, user_id: UUID) -> None:
    """Let somebody go, at once."""
    account_actions.remove_staff(user_id=user_id, by=request.actor)


def _why(reasons: Any) -> list[dict[str, object]]:
    return [{**each.as_dict(), "text": text_of(each)} for each in reasons]
