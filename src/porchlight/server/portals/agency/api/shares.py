"""What owners shared: the list, one video, what opens it, its sealed bytes, and its custody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Field, Query, Schema

from porchlight.core.policy import canonical_case_number
from porchlight.server.disclosures import access, actions
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.agency import shared_opening
from porchlight.server.portals.agency.api.side import api
from porchlight.server.portals.api.custody import CustodyOut
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import BYTES_OUT, Bytes, Given, Listed
from porchlight.server.tokens.access import Scope

_OFFICER = Audience.OFFICER


class ShareOut(Schema):
    """A shared video. What its owner ticked stands sealed in the envelope alone."""

    id: UUID
    request_id: UUID
    case_number: str
    offense: str
    state: str
    purpose: str
    shared_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    deleted_at: datetime | None
    sealed_size: int
    sealed_sha256: str
    was_opened: bool
    may_open: bool


class SharesOut(Schema):
    """Part of the list; `next` is the cursor of what follows, or empty."""

    items: list[ShareOut]
    next: str


class SharesQuery(Listed):
    """`case_number`: only what was shared for this case."""

    case_number: str = Field("", max_length=40, pattern=r"^[^\x00-\x1f]*$")


class WrapOut(Schema):
    """The request's key, wrapped to one of the caller's own keys."""

    recipient: str
    wrap: Bytes


class OpeningOut(Schema):
    """What opens one video, for whoever holds the secret of one of these recipients."""

    request_id: UUID
    q_recipient: str
    wraps: list[WrapOut]
    envelope: Bytes
    head: Bytes
    sealed_size: int
    sealed_sha256: str
    sealed_url: str


class EventFacts(Given):
    """What was found."""

    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class EventIn(Given):
    """What the caller's program did with the video; recorded as reported, not as seen by the server."""

    event: Literal["opened", "played", "downloaded", "verified", "mismatch"]
    facts: EventFacts = EventFacts(sha256=None)


@api.get("/shares", audience=_OFFICER, scope=Scope.SHARES_READ, answer=SharesOut)
def list_shares(request: ApiRequest, query: Query[SharesQuery]) -> Mapping[str, object]:
    """Videos that were shared with the caller, newest first.

    One that ended stays as a line without content.
    """
    case = canonical_case_number(query.case_number) if query.case_number else None
    part = access.shares_of(request.actor, after=query.cursor, case_number=case)
    return {"items": [_share(each) for each in part], "next": part.next}


@api.get("/shares/{uuid:share_id}", audience=_OFFICER, scope=Scope.SHARES_READ, answer=ShareOut)
def read_share(request: ApiRequest, share_id: UUID) -> Mapping[str, object]:
    """One shared video."""
    return _share(access.share_for(request.actor, share_id))


@api.get("/shares/{uuid:share_id}/custody", audience=_OFFICER, scope=Scope.SHARES_READ, answer=CustodyOut)
def read_custody(request: ApiRequest, share_id: UUID) -> access.Custody:
    """Who did what with a video, as a chain."""
    return access.custody(request.actor, share_id)


@api.post("/shares/{uuid:share_id}/open", audience=_OFFICER, scope=Scope.SHARES_OPEN, answer=OpeningOut)
def open_share(request: ApiRequest, share_id: UUID) -> Mapping[str, object]:
    """Hand out the envelope, with the request's key wrapped to the caller's own keys.

    Recorded in the custody before it is answered. Of tokens only an evidence system's can do this.
    """
    opening = actions.open_key(by=request.actor, share_id=share_id)
    return {
        "request_id": opening.request_id,
        "q_recipient": opening.q_recipient,
        "wraps": [{"recipient": each.recipient, "wrap": each.ciphertext} for each in opening.wraps],
        "envelope": opening.envelope,
        "head": opening.head,
        "sealed_size": opening.sealed_size,
        "sealed_sha256": opening.sealed_sha256,
        "sealed_url": reverse("api-shares-id-sealed", args=[share_id]),
    }


@api.get("/shares/{uuid:share_id}/sealed", audience=_OFFICER, scope=Scope.SHARES_OPEN, extra=BYTES_OUT)
def fetch_sealed(request: ApiRequest, share_id: UUID) -> HttpResponseBase:
    """The sealed video, whole or one range of it."""
    return shared_opening.sealed_bytes(request, share_id)


@api.post("/shares/{uuid:share_id}/events", audience=_OFFICER, scope=Scope.SHARES_OPEN, status=204)
def report_event(request: ApiRequest, share_id: UUID, body: EventIn) -> None:
    """Note in the custody what the caller's program did with the video."""
    actions.report_event(by=request.actor, share_id=share_id, event=body.event, facts=body.facts.dict())


def _share(shared: access.SharedVideo) -> dict[str, object]:
    names = ("id", "state", "purpose", "shared_at", "expires_at", "withdrawn_at", "deleted_at")
    more = ("sealed_size", "sealed_sha256", "was_opened", "may_open")
    return {
        **{name: getattr(shared, name) for name in (*names, *more)},
        "request_id": shared.request.id,
        "case_number": shared.request.case_number,
        "offense": shared.request.offense,
    }
