"""Resumable uploads of sealed bytes: tus 1.0.0 with creation, expiration and termination.

A file's name never comes here: the only metadata that is read is the request's id. Parts are at most
`limits.part_bytes()`, which the framework keeps in memory, and go from there straight into the object store.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from porchlight.core.errors import NotFound, Refused
from porchlight.server.consent import access as consent
from porchlight.server.footage import access, actions
from porchlight.server.footage.access import UploadRow, limits
from porchlight.server.foundation.objects import OffsetMismatch
from porchlight.server.portals.resident.frame import ResidentRequest
from porchlight.server.ui.reasons import text_of

VERSION = "1.0.0"
PART_TYPE = "application/offset+octet-stream"
_READ = 256 * 1024


@require_http_methods(["POST", "OPTIONS"])
def create(request: ResidentRequest) -> HttpResponse:
    """Begin an upload, or (OPTIONS) say what is understood."""
    if request.method == "OPTIONS":
        return _tus(HttpResponse(status=204), **_ABILITIES, Tus_Max_Size=str(limits.MOST_SEALED_BYTES))
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    length = _number(request, "Upload-Length")
    if length is None:
        return _tus(HttpResponse(status=400))
    try:
        upload = _begin(request, length)
    except Refused as refused:
        return _refused(refused)
    response = HttpResponse(status=201)
    response["Location"] = reverse("upload", args=[upload.pk])
    return _tus(response, Upload_Expires=http_date(upload.expires_at.timestamp()))


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: ResidentRequest, upload_id: UUID) -> HttpResponse:
    """Where an upload stands (HEAD), its next part (PATCH), or its end (DELETE)."""
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    if request.method == "DELETE":
        actions.drop_upload(by=request.actor, upload_id=upload_id)
        return _tus(HttpResponse(status=204))
    row = access.upload_for(request.actor, upload_id)
    expires = http_date(row.expires_at.timestamp())
    if request.method == "HEAD":
        offset = access.upload_offset(row)
        return _tus(
            HttpResponse(), Upload_Offset=str(offset), Upload_Length=str(row.length), Upload_Expires=expires
        )
    return _part(request, row, expires)


def _part(request: ResidentRequest, row: UploadRow, expires: str) -> HttpResponse:
    if request.content_type != PART_TYPE:
        return _tus(HttpResponse(status=415))
    offset, size = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if offset is None or size is None:
        return _tus(HttpResponse(status=400))
    if size > limits.part_bytes() or offset + size > row.length:
        return _tus(HttpResponse(status=413))
    try:
        now_at = actions.append(by=request.actor, upload_id=row.pk, offset=offset, parts=_parts(request))
    except OffsetMismatch as mismatch:
        return _tus(HttpResponse(status=409), Upload_Offset=str(mismatch.size))
    return _tus(HttpResponse(status=204), Upload_Offset=str(now_at), Upload_Expires=expires)


def _begin(request: ResidentRequest, length: int) -> UploadRow:
    request_id = _request_id(request)
    shared = consent.request_for(request.actor, request_id).files if request_id is not None else 0
    return actions.begin_upload(by=request.actor, length=length, request_id=request_id, files_shared=shared)


def _request_id(request: HttpRequest) -> UUID | None:
    """The one thing that is read of the metadata. Raises NotFound for one that is no id."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, value = pair.strip().partition(" ")
        if name == "request":
            try:
                return UUID(base64.b64decode(value, validate=True).decode("ascii"))
            except (binascii.Error, ValueError) as error:
                raise NotFound from error
    return None


def _parts(request: HttpRequest) -> Iterator[bytes]:
    return iter(partial(request.read, _READ), b"")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(2**63)) else None


def _wrong_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    response = HttpResponse(status=412)
    response["Tus-Version"] = VERSION
    return _tus(response)


def _refused(refused: Refused) -> HttpResponse:
    too_large = any(
        each.code in {"upload_too_large", "quota_full", "quota_full_unproven"} for each in refused.reasons
    )
    reasons = [{"code": each.code, "text": str(text_of(each))} for each in refused.reasons]
    return _tus(JsonResponse({"refused": reasons}, status=413 if too_large else 422))


_ABILITIES = {"Tus_Version": VERSION, "Tus_Extension": "creation,expiration,termination"}


def _tus(response: HttpResponse, **headers: str) -> HttpResponse:
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response
