"""The household's vault: sealed clips and keys, in and out. Nothing is opened here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http.response import HttpResponseBase
from ninja import Field, Schema

from porchlight.server.footage import access, actions
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import BYTES_OUT, Base64, Bytes, Given, Made, Sha256, bytes_of
from porchlight.server.portals.resident import clips as pages
from porchlight.server.portals.resident.api.side import api
from porchlight.server.tokens.access import Scope

_OWN = Audience.RESIDENT
_READ, _WRITE = Scope.CLIPS_READ, Scope.CLIPS_WRITE
_MOST_BYTES = 4_000_000_000


class ClipOut(Schema):
    """A sealed clip. Camera, times and picture are inside `grant`, which the household's key opens."""

    id: UUID
    sealed_size: int
    sealed_sha256: str
    head: Bytes
    grant: Bytes
    uploaded_on: date
    expires_on: date


class ClipsOut(Schema):
    """All of them, and how much room there is, in bytes."""

    items: list[ClipOut]
    used_bytes: int
    most_bytes: int


class KeepIn(Given):
    """An uploaded file that goes into the vault, with its key sealed to the household."""

    upload_id: UUID
    head: Base64
    sealed_sha256: Sha256
    sealed_size: int = Field(ge=1, le=_MOST_BYTES)
    grant: Base64


class HouseholdKeyOut(Schema):
    """The household's key as the server holds it; empty before one was made."""

    recipient: str = ""
    recovery_recipient: str = ""
    wrapped_by_passphrase: str = ""
    wrapped_by_recovery: str = ""
    recovery_vouch: str = ""


class HouseholdKeyIn(Given):
    """A new key: public halves, and the secret half under passphrase and recovery key."""

    recipient: str = Field(max_length=200)
    recovery_recipient: str = Field(max_length=200)
    wrapped_by_passphrase: str = Field(max_length=20_000)
    wrapped_by_recovery: str = Field(max_length=20_000)
    recovery_vouch: str = Field("", max_length=64)


@api.get("/clips", audience=_OWN, scope=_READ, answer=ClipsOut)
def list_clips(request: ApiRequest) -> Mapping[str, object]:
    """The household's clips, the newest day first."""
    room = access.room(request.actor)
    return {"items": list(access.clips(request.actor)), "used_bytes": room.used, "most_bytes": room.most}


@api.post("/clips", audience=_OWN, scope=_WRITE, answer=Made, status=201)
def keep_clip(request: ApiRequest, body: KeepIn) -> Mapping[str, object]:
    """Put an uploaded file into the vault."""
    access.read_through(request.actor, upload_id=body.upload_id)
    clip = actions.keep_clip(
        by=request.actor,
        upload_id=body.upload_id,
        head=bytes_of(body.head),
        sealed_sha256=body.sealed_sha256,
        sealed_size=body.sealed_size,
        grant=bytes_of(body.grant),
    )
    return {"id": clip.pk}


@api.get("/clips/{uuid:clip_id}/sealed", audience=_OWN, scope=_READ, extra=BYTES_OUT)
def fetch_clip(request: ApiRequest, clip_id: UUID) -> HttpResponseBase:
    """The sealed clip, whole or one range of it."""
    return pages.sealed_bytes(request, clip_id)


@api.post("/clips/{uuid:clip_id}/delete", audience=_OWN, scope=_WRITE, status=204)
def delete_clip(request: ApiRequest, clip_id: UUID) -> None:
    """Delete a clip. Copies that were shared are separate and stay until they are taken back."""
    actions.delete_clip(by=request.actor, clip_id=clip_id)


@api.get("/keys", audience=_OWN, scope=_READ, answer=HouseholdKeyOut)
def read_keys(request: ApiRequest) -> object:
    """The household's key: public halves and wraps."""
    return access.own_key(request.actor) or {}


@api.post("/keys", audience=_OWN, status=204)
def store_key(request: ApiRequest, body: HouseholdKeyIn) -> None:
    """Keep the household's key. One that there is, is never replaced by this."""
    actions.store_key(by=request.actor, **body.dict())
