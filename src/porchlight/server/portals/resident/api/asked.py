"""What the household was asked, its answers, and what became of what it shared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from porchlight.server.consent import access, actions
from porchlight.server.footage import access as footage
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.custody import CustodyOut
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Base64, Bytes, Given, Made, Sha256, bytes_of
from porchlight.server.portals.resident.api.side import api
from porchlight.server.tokens.access import Scope

_OWN = Audience.RESIDENT
_MOST_BYTES = 4_000_000_000


class AskedOut(Schema):
    """A request as the household has it. `open`: it can be answered. `files`: what was shared for it and stands."""

    id: UUID
    agency_name: str
    agency_ori: str
    agency_phone: str
    officer_name: str
    officer_title: str
    offense: str
    case_number: str
    public_summary: str
    area: dict[str, Any]
    starts_at: datetime
    ends_at: datetime
    approved_at: datetime
    closes_at: datetime
    danger_to_life: bool
    state: str
    open: bool
    reported: bool
    files: int


class AskedListOut(Schema):
    """All of them, the newest first."""

    items: list[AskedOut]


class KeyOut(Schema):
    """The request's public key, with the log's entry, proof and key: check them before anything is sealed to it."""

    request: UUID
    q_recipient: str
    entry: Bytes | None
    proof: str | None
    verifier_key: str | None
    purpose: str
    most_days: int


class GrantIn(Given):
    """The clip's key sealed to the household, where the file is kept in the vault too."""

    grant: Base64


class ShareIn(Given):
    """A sealed video, uploaded or in the vault, with its envelope for the request's key."""

    head: Base64
    sealed_sha256: Sha256
    sealed_size: int = Field(ge=1, le=_MOST_BYTES)
    envelope: Base64
    expires_days: int = Field(ge=1, le=3650)
    upload_id: UUID | None = None
    clip_id: UUID | None = None
    keep: GrantIn | None = None


class ReportIn(Given):
    """What is wrong with a request. Reviewers do not see who says so; the police are not told."""

    why: Literal["not_true", "too_wide", "about_speech", "about_a_person", "other"]
    text: str = Field("", max_length=1200)


class OwnShareOut(Schema):
    """A video that the household shared. `key_fetched`: an officer has had the key to it."""

    id: UUID
    request_id: UUID
    agency_name: str
    case_number: str
    shared_at: datetime
    withdrawn_at: datetime | None
    key_fetched: bool
    custody: CustodyOut


class OwnSharesOut(Schema):
    """All of them, the newest first."""

    items: list[OwnShareOut]


@api.get("/requests", audience=_OWN, scope=Scope.REQUESTS_READ, answer=AskedListOut)
def list_requests(request: ApiRequest) -> Mapping[str, object]:
    """What the household was asked, the newest first."""
    return {"items": [_asked(each) for each in access.requests_for(request.actor)]}


@api.get("/requests/{uuid:request_id}", audience=_OWN, scope=Scope.REQUESTS_READ, answer=AskedOut)
def read_request(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """One request that the household was asked."""
    return _asked(access.request_for(request.actor, request_id))


@api.get("/requests/{uuid:request_id}/key", audience=_OWN, scope=Scope.REQUESTS_READ, answer=KeyOut)
def read_request_key(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """The key that a video for this request is sealed to, and the proof that it stands in the public log."""
    asked = access.request_for(request.actor, request_id)
    logged = access.request_key(asked)
    return {
        "request": asked.request.id,
        "q_recipient": asked.request.q_recipient,
        "entry": logged.entry if logged else None,
        "proof": logged.proof if logged else None,
        "verifier_key": logged.verifier_key if logged else None,
        "purpose": actions.purpose_of(asked.request),
        "most_days": actions.MOST_DAYS,
    }


@api.post("/requests/{uuid:request_id}/decline", audience=_OWN, scope=Scope.REQUESTS_READ, status=204)
def decline_request(request: ApiRequest, request_id: UUID) -> None:
    """Share nothing. Nothing is written, so nothing can be found later."""
    access.request_for(request.actor, request_id)


@api.post("/requests/{uuid:request_id}/report", audience=_OWN, scope=Scope.SHARES_WRITE, status=204)
def report_request(request: ApiRequest, request_id: UUID, body: ReportIn) -> None:
    """Tell the review desk that a request is improper. It pauses for this household until the desk has looked."""
    access.request_for(request.actor, request_id)
    actions.report(by=request.actor, request_id=request_id, why=body.why, text=body.text)


@api.post(
    "/requests/{uuid:request_id}/shares",
    audience=_OWN,
    scope=Scope.SHARES_WRITE,
    answer=Made,
    status=201,
    also=(409,),
)
def share_video(request: ApiRequest, request_id: UUID, body: ShareIn) -> Mapping[str, object]:
    """Share one sealed video for this request."""
    access.request_for(request.actor, request_id)
    video = actions.SealedVideo(
        head=bytes_of(body.head),
        sealed_sha256=body.sealed_sha256,
        sealed_size=body.sealed_size,
        envelope=bytes_of(body.envelope),
        upload_id=body.upload_id,
        clip_id=body.clip_id,
        grant=bytes_of(body.keep.grant) if body.keep else None,
    )
    footage.read_through(request.actor, upload_id=video.upload_id, clip_id=video.clip_id)
    share_id = actions.share(
        by=request.actor, request_id=request_id, video=video, expires_days=body.expires_days
    )
    return {"id": share_id}


@api.get("/shares", audience=_OWN, scope=Scope.SHARES_READ, answer=OwnSharesOut)
def list_shares(request: ApiRequest) -> Mapping[str, object]:
    """What the household shared, and who did what with it."""
    return {"items": [_shared(each) for each in access.shares_of(request.actor)]}


@api.get("/shares/{uuid:share_id}", audience=_OWN, scope=Scope.SHARES_READ, answer=OwnShareOut)
def read_share(request: ApiRequest, share_id: UUID) -> Mapping[str, object]:
    """One share: each time somebody looked."""
    return _shared(access.share_for(request.actor, share_id))


@api.post("/shares/{uuid:share_id}/withdraw", audience=_OWN, scope=Scope.SHARES_WRITE, status=204)
def withdraw_share(request: ApiRequest, share_id: UUID) -> None:
    """Take a video back. Nobody can open it here any more; what was downloaded cannot be called back."""
    actions.withdraw(by=request.actor, share_id=share_id)


def _asked(asked: access.Asked) -> dict[str, object]:
    found = {name: getattr(asked.request, name, None) for name in AskedOut.model_fields}
    own = {"open": asked.open, "reported": asked.reported, "files": asked.files}
    return {**found, **own, "area": dict(asked.request.area_geojson)}


def _shared(shared: access.Shared) -> dict[str, object]:
    return {
        "id": shared.share_id,
        "request_id": shared.request.id,
        "agency_name": shared.request.agency_name,
        "case_number": shared.request.case_number,
        "shared_at": shared.shared_at,
        "withdrawn_at": shared.withdrawn_at,
        "key_fetched": shared.key_fetched,
        "custody": shared.custody,
    }
