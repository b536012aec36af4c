"""The public record: agencies, what they asked, what came of it, and the log's head. The same bytes for everyone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Query, Schema

from porchlight.core.errors import NotFound
from porchlight.server.agencies.access import find_agencies, public_agency
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.building import SideApi
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Listed
from porchlight.server.transparency import access as log
from porchlight.server.video_requests.access import asked_by, public_request, public_requests

_ALL = Audience.ANYONE


class PublicAgencyOut(Schema):
    """An agency that takes part. `asked`: its requests on the public record."""

    id: UUID
    ori: str
    name: str
    short_name: str
    state: str
    county_fips: str
    population: int | None
    phone: str
    jurisdiction: dict[str, Any] | None
    timezone: str
    status: str
    joined_on: date
    asked: int


class PublicAgenciesOut(Schema):
    """Part of the list, by name. `found`: how many the search finds; `total`: how many take part."""

    items: list[PublicAgencyOut]
    next: str
    found: int
    total: int


class PublicRequestOut(Schema):
    """A request on the public record. Of a sensitive offense only group, month and agency are told."""

    id: UUID
    agency_ori: str
    agency_name: str
    outcome: str
    sensitive: bool
    group: str
    month: date
    offense: str
    case_number: str
    area_geojson: dict[str, Any] | None
    square_miles: float | None
    starts_at: datetime | None
    ends_at: datetime | None
    summary: str
    public_reason: str
    submitted_at: datetime | None
    decided_at: datetime | None
    approved_at: datetime | None
    closes_at: datetime | None
    ended_at: datetime | None


class PublicRequestsOut(Schema):
    """Part of the record, newest first."""

    items: list[PublicRequestOut]
    next: str


class LogOut(Schema):
    """The log's head. Entries and proofs stand under `/log/` in the formats of C2SP."""

    origin: str
    verifier_key: str
    size: int
    checkpoint: str


class AgenciesQuery(Listed):
    """`q`: words of name, state or ORI."""

    q: str = Field("", max_length=100, pattern=r"^[^\x00-\x1f]*$")


class RequestsQuery(Listed):
    """`agency`: only of this ORI."""

    agency: str = Field("", max_length=9, pattern=r"^[A-Za-z0-9]*$")


def add_operations(api: SideApi) -> None:
    """Add them to the API of the host that shows the public record."""

    @api.get("/public/agencies", audience=_ALL, answer=PublicAgenciesOut)
    def list_public_agencies(_request: ApiRequest, query: Query[AgenciesQuery]) -> Mapping[str, object]:
        """Agencies that take part, by name."""
        found = find_agencies(" ".join(query.q.split()), query.cursor)
        asked = asked_by([each.id for each in found.page.rows])
        return {
            "items": [{**vars(each), "asked": asked.get(each.id, 0)} for each in found.page.rows],
            "next": found.page.next,
            "found": found.found,
            "total": found.total,
        }

    @api.get("/public/agencies/{ori}", audience=_ALL, answer=PublicAgencyOut)
    def read_public_agency(_request: ApiRequest, ori: str) -> Mapping[str, object]:
        """One agency by its ORI."""
        if not (ori.isascii() and ori.isalnum()):
            raise NotFound
        agency = public_agency(ori)
        return {**vars(agency), "asked": asked_by([agency.id]).get(agency.id, 0)}

    @api.get("/public/requests", audience=_ALL, answer=PublicRequestsOut, also=(404,))
    def list_public_requests(_request: ApiRequest, query: Query[RequestsQuery]) -> Mapping[str, object]:
        """What was asked and decided, newest first."""
        agency_id = public_agency(query.agency).id if query.agency else None
        found = public_requests(agency_id=agency_id, after=query.cursor)
        return {"items": [vars(each) for each in found], "next": found.next}

    @api.get("/public/requests/{uuid:request_id}", audience=_ALL, answer=PublicRequestOut)
    def read_public_request(_request: ApiRequest, request_id: UUID) -> object:
        """One request and what was decided about it."""
        return public_request(request_id)

    @api.get("/public/log", audience=_ALL, answer=LogOut, also=(404,))
    def read_log(_request: ApiRequest) -> Mapping[str, object]:
        """The head of the public log."""
        note = log.checkpoint()
        if note is None:
            raise NotFound
        return {
            "origin": log.origin(),
            "verifier_key": log.verifier_key(),
            "size": log.log_size(),
            "checkpoint": note,
        }
