"""The agency's own requests: the list, one with its rules, writing, and the ends that its people can put to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Query, Schema

from porchlight.core.policy import Check
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.agency.api.side import api
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Given, Listed, Moment, Why
from porchlight.server.tokens.access import Scope
from porchlight.server.ui.reasons import text_of
from porchlight.server.video_requests import access, actions

_OFFICER = Audience.OFFICER
_READ, _WRITE = Scope.REQUESTS_READ, Scope.REQUESTS_WRITE


class RequestOut(Schema):
    """A request. `version` counts the saves; send it back so that nobody's change is lost."""

    id: UUID
    state: str
    version: int
    round: int
    case_number: str
    offense: str
    area: dict[str, Any] | None
    starts_at: datetime | None
    ends_at: datetime | None
    public_summary: str
    factual_basis: str
    flags: list[str]
    danger_reason: str
    publish_delay_days: int
    publish_delay_reason: str
    requester: str
    supervisor_note: str
    public_reason: str
    changed_at: datetime
    submitted_at: datetime | None
    signed_at: datetime | None
    decided_at: datetime | None
    approved_at: datetime | None
    closes_at: datetime | None
    withdrawn_at: datetime | None
    closed_at: datetime | None


class RequestsOut(Schema):
    """Part of the list; `next` is the cursor of what follows, or empty."""

    items: list[RequestOut]
    next: str


class CheckOut(Schema):
    """One rule: whether it holds, and why not."""

    rule: str
    state: str
    value: float | None
    unit: str | None
    least: float | None
    most: float | None
    reasons: list[Why]


class ChecksOut(Schema):
    """Every rule once. It could be sent when none is broken and nothing is missing."""

    checks: list[CheckOut]
    may_send: bool


class DraftIn(Given):
    """What is known so far; nothing is required of a draft. `area`: a GeoJSON Polygon."""

    area: dict[str, Any] | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    offense: str = Field("", max_length=40)
    case_number: str = Field("", max_length=160)
    factual_basis: str = Field("", max_length=4800)
    public_summary: str = Field("", max_length=1120)
    flags: list[Literal["minors", "assembly", "speech", "danger_to_life"]] = Field([], max_length=4)
    danger_reason: str = Field("", max_length=1200)
    publish_delay_days: int = Field(0, ge=0, le=30)
    publish_delay_reason: str = Field("", max_length=1200)

    def draft(self) -> access.Draft:
        """As the actions take it."""
        given = self.dict()
        return access.Draft(**{**given, "flags": frozenset(given["flags"])})


class SavedIn(DraftIn):
    """`version`: the one that was read; where another stands by now, nothing is saved. None: save over it."""

    version: int | None = Field(None, ge=1, le=2_000_000_000)


@api.get("/requests", audience=_OFFICER, scope=_READ, answer=RequestsOut)
def list_requests(request: ApiRequest, query: Query[Listed]) -> Mapping[str, object]:
    """The agency's own requests, what changed last first; a draft is seen by its author alone."""
    part = access.requests_page(request.actor, query.cursor)
    return {"items": [_request(each) for each in part], "next": part.next}


@api.post("/requests", audience=_OFFICER, scope=_WRITE, answer=RequestOut, status=201)
def create_request(request: ApiRequest, body: DraftIn) -> Mapping[str, object]:
    """Keep a new draft. The same sent twice within a minute is one."""
    return _request(actions.save_draft(by=request.actor, draft=body.draft()))


@api.post("/requests/check", audience=_OFFICER, scope=_READ, answer=ChecksOut)
def check_request(request: ApiRequest, body: DraftIn) -> Mapping[str, object]:
    """Every rule for what was sent; nothing is kept."""
    return _checks(access.check(request.actor, body.draft()))


@api.get("/requests/{uuid:request_id}", audience=_OFFICER, scope=_READ, answer=RequestOut)
def read_request(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """One of the agency's own requests."""
    return _request(access.request_for(request.actor, request_id))


@api.post("/requests/{uuid:request_id}", audience=_OFFICER, scope=_WRITE, answer=RequestOut, also=(409,))
def save_request(request: ApiRequest, request_id: UUID, body: SavedIn) -> Mapping[str, object]:
    """Change a draft, or a request that was returned. What is left out becomes empty."""
    given = DraftIn(**body.dict(exclude={"version"})).draft()
    saved = actions.save_draft(by=request.actor, draft=given, request_id=request_id, version=body.version)
    return _request(saved)


@api.get("/requests/{uuid:request_id}/checks", audience=_OFFICER, scope=_READ, answer=ChecksOut)
def read_checks(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """The rules for a request: as they stood when it was sent, or as they are for one that was not."""
    asked = access.request_for(request.actor, request_id)
    return _checks(access.checks_of(request.actor, asked))


@api.post("/requests/{uuid:request_id}/discard", audience=_OFFICER, scope=_WRITE, status=204, also=(409,))
def discard_request(request: ApiRequest, request_id: UUID) -> None:
    """Delete a draft that was never sent."""
    actions.discard(by=request.actor, request_id=request_id)


@api.post(
    "/requests/{uuid:request_id}/withdraw",
    audience=_OFFICER,
    scope=_WRITE,
    answer=RequestOut,
    also=(409,),
)
def withdraw_request(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """Take a request back. Owners can then share nothing more for it."""
    return _request(actions.withdraw(by=request.actor, request_id=request_id))


def _request(asked: Any) -> dict[str, object]:
    names = (name for name in RequestOut.model_fields if name not in {"id", "requester"})
    requester = str(access.person(asked.created_by))
    return {"id": asked.pk, "requester": requester, **{name: getattr(asked, name) for name in names}}


def _checks(found: tuple[Check, ...]) -> dict[str, object]:
    return {
        "checks": [
            {
                "rule": each.rule.value,
                "state": each.state.value,
                "value": each.value,
                "unit": each.bound.unit.value if each.bound else None,
                "least": each.bound.least if each.bound else None,
                "most": each.bound.most if each.bound else None,
                "reasons": [{**why.as_dict(), "text": text_of(why)} for why in each.reasons],
            }
            for each in found
        ],
        "may_send": not any(each.reasons for each in found),
    }


request_out = _request
