"""Uploads of sealed bytes in parts, as programs send them; pages use the tus protocol at `/uploads/` for the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Field, Query, Schema

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.server.consent import access as consent
from porchlight.server.footage import access, actions
from porchlight.server.footage.access import limits
from porchlight.server.foundation.objects import OffsetMismatch
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.answers import refusal
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Given
from porchlight.server.portals.resident.api.side import api
from porchlight.server.tokens.access import Scope

_OWN = Audience.RESIDENT
_WRITE = Scope.CLIPS_WRITE
_READ_BYTES = 256 * 1024
_PART: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class UploadIn(Given):
    """How many sealed bytes come, and for which request if for one."""

    length: int = Field(ge=1, le=4_000_000_000)
    request_id: UUID | None = None


class UploadOut(Schema):
    """`offset`: how many bytes have arrived; go on from there. Parts are of at most `most_part_bytes`."""

    id: UUID
    length: int
    offset: int
    expires_at: datetime
    most_part_bytes: int


class PartQuery(Given):
    """Where this part begins."""

    offset: int = Field(ge=0, le=4_000_000_000)


@api.post("/uploads", audience=_OWN, scope=_WRITE, answer=UploadOut, status=201)
def begin_upload(request: ApiRequest, body: UploadIn) -> Mapping[str, object]:
    """Make room for a sealed file. It is refused here, before any byte is sent, if there is none."""
    shared = consent.request_for(request.actor, body.request_id).files if body.request_id else 0
    upload = actions.begin_upload(
        by=request.actor, length=body.length, request_id=body.request_id, files_shared=shared
    )
    return _upload(upload)


@api.get("/uploads/{uuid:upload_id}", audience=_OWN, scope=_WRITE, answer=UploadOut)
def read_upload(request: ApiRequest, upload_id: UUID) -> Mapping[str, object]:
    """How far an upload is."""
    return _upload(access.upload_for(request.actor, upload_id))


@api.post(
    "/uploads/{uuid:upload_id}/parts",
    audience=_OWN,
    scope=_WRITE,
    answer=UploadOut,
    also=(409,),
    extra=_PART,
)
def append_part(
    request: ApiRequest, upload_id: UUID, query: Query[PartQuery]
) -> Mapping[str, object] | HttpResponseBase:
    """Add bytes where the upload stands; the body is the bytes themselves. Elsewhere is a 409 that says where."""
    row = access.upload_for(request.actor, upload_id)
    size = _size(request)
    if size > limits.part_bytes() or query.offset + size > row.length:
        return refusal(413, [reason("body_too_large")])
    try:
        actions.append(by=request.actor, upload_id=upload_id, offset=query.offset, parts=_parts(request))
    except OffsetMismatch as mismatch:
        return refusal(409, [reason("upload_elsewhere", offset=mismatch.size)])
    return _upload(row)


@api.post("/uploads/{uuid:upload_id}/drop", audience=_OWN, scope=_WRITE, status=204)
def drop_upload(request: ApiRequest, upload_id: UUID) -> None:
    """Give an upload up, and remove its bytes."""
    actions.drop_upload(by=request.actor, upload_id=upload_id)


def _upload(row: access.UploadRow) -> dict[str, object]:
    return {
        "id": row.pk,
        "length": row.length,
        "offset": access.upload_offset(row),
        "expires_at": row.expires_at,
        "most_part_bytes": limits.part_bytes(),
    }


def _size(request: HttpRequest) -> int:
    """Raises Refused without a length: what comes must be known to fit."""
    text = request.headers.get("Content-Length", "")
    if not (text.isascii() and text.isdigit() and len(text) < len(str(2**63))):
        raise Refused((reason("field_not_as_declared", field="Content-Length"),))
    return int(text)


def _parts(request: HttpRequest) -> Iterator[bytes]:
    return iter(partial(request.read, _READ_BYTES), b"")
