"""The agencies that take part, and what each of them asked."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from porchlight.core.log_entries import EntryKind
from porchlight.server.agencies.access import AgencyEntry, agency_names, find_agencies, public_agency
from porchlight.server.portals.public.rows import rows_of
from porchlight.server.transparency import access as log
from porchlight.server.video_requests.access import asked_by, policy_numbers, public_requests, totals, urgency

_LATEST = 8
_QUERY_MAX = 100
_MOST_CORNERS = 5000
_STATUS: dict[str, tuple[Promise, str, str]] = {
    "active": (_("Active"), "moss", "check"),
    "suspended": (_("Suspended"), "plum", "pause"),
    "left": (_("Left"), "", "minus"),
}
_CHANGES: dict[str, Promise] = {
    EntryKind.AGENCY_JOINED: _("%(name)s joined"),
    EntryKind.AGENCY_CHANGED: _("%(name)s changed its area"),
    EntryKind.AGENCY_SUSPENDED: _("%(name)s was suspended"),
    EntryKind.AGENCY_LEFT: _("%(name)s left"),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All agencies, or those that a search finds by name, state or ORI."""
    query = " ".join(request.GET.get("q", "")[:_QUERY_MAX].replace("\0", "").split())
    found = find_agencies(query, after=request.GET.get("after", ""))
    asked = asked_by([each.id for each in found.page.rows])
    rows = [
        {"agency": each, "status": _status(each), "asked": asked.get(each.id, 0)} for each in found.page.rows
    ]
    context = {
        "rows": rows,
        "page": found.page,
        "query": query,
        "keep": urlencode({"q": query}) if query else "",
        "found": found.found,
        "total": found.total,
        "changes": _changes(),
        "areas": _areas(found.page.rows),
    }
    return render(request, "public/agencies.html", context)


@require_safe
def page(request: HttpRequest, ori: str) -> HttpResponse:
    """One agency: what it may ask, what it asked, what was decided."""
    agency = public_agency(ori)
    numbers = policy_numbers()
    requests = public_requests(agency_id=agency.id, after=request.GET.get("after", ""))
    context = {
        "agency": agency,
        "status": _status(agency),
        "totals": totals(agency.id),
        "urgency": urgency(agency.id),
        "rows": rows_of(requests.rows),
        "page": requests,
        "numbers": numbers,
        "hours": numbers.most_span_minutes // 60,
        "log_size": log.log_size(),
    }
    with timezone.override(ZoneInfo(agency.timezone)):
        return render(request, "public/agency.html", context)


def _areas(agencies: Sequence[AgencyEntry]) -> dict[str, object] | None:
    """Where these agencies may ask, as one shape; None where there is nothing to draw, or too much for one page."""
    parts: list[list[list[object]]] = []
    for each in agencies:
        found = each.jurisdiction
        if found is not None and each.status == "active":
            parts += [found["coordinates"]] if found["type"] == "Polygon" else found["coordinates"]
    corners = sum(len(ring) for part in parts for ring in part)
    return {"type": "MultiPolygon", "coordinates": parts} if 0 < corners <= _MOST_CORNERS else None


def _status(agency: AgencyEntry) -> tuple[Promise | str, str, str]:
    if agency.status == "active" and agency.jurisdiction is None:
        return _("Cannot ask yet"), "", "hourglass"
    return _STATUS.get(agency.status, (agency.status, "", "circle"))


def _changes() -> list[dict[str, object]]:
    """The newest entries of the log about agencies, in words."""
    latest = log.latest_about("agency", _LATEST)
    names = agency_names([each.subject_id for each in latest if each.subject_id is not None])
    return [
        {
            "at": entry.created_at,
            "what": str(_CHANGES[entry.kind]) % {"name": names.get(entry.subject_id, "–")},
        }
        for entry in latest
        if entry.kind in _CHANGES and entry.subject_id is not None
    ]
