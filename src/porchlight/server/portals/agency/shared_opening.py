"""What the officer's browser asks for to open one video: the envelope, the sealed bytes, and to note what it did."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.server.disclosures import access, actions
from porchlight.server.foundation.streaming import RangeNotSatisfiable, single_range, streamed
from porchlight.server.portals.agency.headers import agency_page

_SEALED = "application/octet-stream"
_EVENT_BYTES_MAX = 4096


@agency_page
@require_POST
def envelope(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """The envelope with the officer's own wraps of the request's key. Recorded before it is answered."""
    opening = actions.open_key(by=request.actor, share_id=share_id)  # type: ignore[attr-defined]
    return JsonResponse(
        {
            "request_id": str(opening.request_id),
            "q_recipient": opening.q_recipient,
            "wraps": [
                {"recipient": each.recipient, "wrap": _text(each.ciphertext)} for each in opening.wraps
            ],
            "envelope": _text(opening.envelope),
            "head": _text(opening.head),
            "sealed_size": opening.sealed_size,
            "sealed_sha256": opening.sealed_sha256,
            "sealed_url": reverse("shared-sealed", args=[share_id]),
        }
    )


@agency_page
@require_GET
def sealed(request: HttpRequest, share_id: UUID) -> HttpResponseBase:
    """The sealed video, whole or one range of it."""
    return sealed_bytes(request, share_id)


def sealed_bytes(request: HttpRequest, share_id: UUID) -> HttpResponseBase:
    """What the page and the API answer alike. The first fetch after each opening is recorded."""
    actor = request.actor  # type: ignore[attr-defined]
    size = access.openable_size(actor, share_id)
    try:
        asked = single_range(request.headers.get("Range"), size)
    except RangeNotSatisfiable:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    if not access.fetch_noted(actor, share_id):
        actions.note_fetch(by=actor, share_id=share_id)
    start, end = asked or (0, size)
    pieces = access.sealed_range(actor, share_id, start, end)
    response = streamed(request, pieces, content_type=_SEALED, status=206 if asked else 200)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


@agency_page
@require_POST
def events(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """Note what the officer's browser says it did: `{"event": …, "facts": {"sha256": …}}`."""
    said = _read(request)
    actions.report_event(
        by=request.actor,  # type: ignore[attr-defined]
        share_id=share_id,
        event=said.get("event", ""),
        facts=said.get("facts"),
    )
    return HttpResponse(status=204)


def _read(request: HttpRequest) -> dict[str, Any]:
    """The body as an object. Raises Refused("event_unknown") for anything else."""
    said: Any = None
    if int(request.headers.get("Content-Length") or 0) <= _EVENT_BYTES_MAX:
        try:
            said = json.loads(request.body)
        except (ValueError, RecursionError):
            said = None
    if not isinstance(said, dict) or not isinstance(said.get("event"), str):
        raise Refused((reason("event_unknown"),))
    if not isinstance(said.get("facts", {}), dict):
        raise Refused((reason("event_unknown"),))
    return said


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
