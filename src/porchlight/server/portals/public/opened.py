"""The hidden fields of a request's log entries, opened once they are public, so that anyone can check their hashes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from porchlight.core.log_entries import EntryKind
from porchlight.server.transparency import access as log
from porchlight.server.video_requests.access import PublicRequest, public_request


@require_safe
def opening(_request: HttpRequest, request_id: UUID) -> HttpResponse:
    """`{"opened": [{entry, field, nonce, value, sha256}]}`: SHA-256 over nonce and canonical JSON of the value.

    Only what stands on the request's public page is opened, and only where it is what the entry was made of.
    """
    return JsonResponse({"opened": list(_opened(public_request(request_id)))})


def _opened(request: PublicRequest) -> Iterator[dict[str, Any]]:
    for kind, field, candidates in (
        (EntryKind.REQUEST_SUBMITTED, "public_facts", _facts(request)),
        (EntryKind.REQUEST_SUBMITTED, "danger", _danger(request)),
        (EntryKind.REQUEST_DECIDED, "public_reason", [request.public_reason]),
        (EntryKind.REQUEST_DECIDED, "danger", [] if request.sensitive else [request.danger_found]),
    ):
        found = log.openings(request.id, kind)
        nonce = bytes.fromhex(found.nonces.get(field, "")) if found else b""
        if found is None or not nonce:
            continue
        hidden = log.entry(found.index).fields["hidden"][field]
        for value in candidates:
            if log.salted(nonce, value) == hidden:
                plain = log.plain(value)
                yield {
                    "entry": found.index,
                    "field": field,
                    "nonce": nonce.hex(),
                    "value": plain,
                    "sha256": hidden,
                }
                break


def _danger(request: PublicRequest) -> list[dict[str, Any]]:
    if not request.summary:
        return []
    return [{"danger_to_life": request.urgent, "reason": request.danger_reason}]


def _facts(request: PublicRequest) -> list[dict[str, Any]]:
    """What was hidden when the request was sent, with the area's ring in both directions, as either may be drawn."""
    if not request.summary or request.area_geojson is None:
        return []
    facts = {
        "offense": request.offense,
        "case_number": request.case_number,
        "starts_at": request.starts_at,
        "ends_at": request.ends_at,
        "summary": request.summary,
    }
    coordinates: Any = request.area_geojson["coordinates"]
    ring = [list(position) for position in coordinates[0]]
    return [{**facts, "area": {"type": "Polygon", "coordinates": [each]}} for each in (ring, ring[::-1])]
