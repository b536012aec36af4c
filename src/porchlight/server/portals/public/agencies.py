"""The agencies that take part, and what each of them asked."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from porchlight.core.lifecycle import RequestState
from porchlight.server.agencies.access import AgencyEntry, public_agencies, public_agency
from porchlight.server.portals.public.rows import rows_of
from porchlight.server.transparency import access as log
from porchlight.server.video_requests.access import PublicRequest, policy_numbers, public_requests, urgency

_LATEST = 8
_QUERY_MAX = 100
_STATUS: dict[str, tuple[Promise, str, str]] = {
    "active": (_("Active"), "moss", "check"),
    "suspended": (_("Suspended"), "plum", "pause"),
    "left": (_("Left"), "", "minus"),
}
_CHANGES: dict[str, Promise] = {
    "agency.joined": _("%(name)s joined"),
    "agency.changed": _("%(name)s changed its area"),
    "agency.suspended": _("%(name)s was suspended"),
    "agency.left": _("%(name)s left"),
}


@dataclass(frozen=True)
class Totals:
    """What an agency asked since it joined, as far as it is public."""

    asked: int
    approved: int
    rejected: int
    withdrawn: int
    usual_decision: timedelta | None


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All agencies, or those that a search finds by name, state or ORI."""
    query = " ".join(request.GET.get("q", "")[:_QUERY_MAX].split())
    asked = Counter(each.agency_id for each in public_requests())
    everyone = public_agencies()
    rows = [
        {"agency": each, "status": _status(each), "asked": asked[each.id]}
        for each in everyone
        if _found(each, query)
    ]
    context = {"rows": rows, "query": query, "total": len(everyone), "changes": _changes(everyone)}
    return render(request, "public/agencies.html", context)


@require_safe
def page(request: HttpRequest, ori: str) -> HttpResponse:
    """One agency: what it may ask, what it asked, what was decided."""
    agency = public_agency(ori)
    numbers = policy_numbers()
    requests = public_requests(agency_id=agency.id)
    context = {
        "agency": agency,
        "status": _status(agency),
        "totals": _totals(requests),
        "urgency": urgency(agency.id),
        "rows": rows_of(requests),
        "numbers": numbers,
        "hours": numbers.most_span_minutes // 60,
        "log_size": log.log_size(),
    }
    with timezone.override(ZoneInfo(agency.timezone)):
        return render(request, "public/agency.html", context)


def _found(agency: AgencyEntry, query: str) -> bool:
    text = f"{agency.name} {agency.short_name} {agency.state} {agency.ori}".casefold()
    return all(word in text for word in query.casefold().split())


def _status(agency: AgencyEntry) -> tuple[Promise | str, str, str]:
    return _STATUS.get(agency.status, (agency.status, "", "circle"))


def _changes(agencies: Sequence[AgencyEntry]) -> list[dict[str, object]]:
    """The newest entries of the log about agencies, in words."""
    names = {each.id: each.name for each in agencies}
    return [
        {
            "at": entry.created_at,
            "what": str(_CHANGES[entry.kind]) % {"name": names.get(entry.subject_id, "–")},
        }
        for entry in log.latest_about("agency", _LATEST)
        if entry.kind in _CHANGES and entry.subject_id is not None
    ]


def _totals(requests: Sequence[PublicRequest]) -> Totals:
    waits = [
        (each.decided_at - each.signed_at).total_seconds()
        for each in requests
        if each.decided_at is not None and each.signed_at is not None
    ]
    return Totals(
        asked=len(requests),
        approved=sum(each.outcome in {RequestState.APPROVED, RequestState.CLOSED} for each in requests),
        rejected=sum(each.outcome == RequestState.REJECTED for each in requests),
        withdrawn=sum(each.outcome == RequestState.WITHDRAWN for each in requests),
        usual_decision=timedelta(seconds=max(statistics.median(waits), 60)) if waits else None,
    )
