"""Every request that was decided or withdrawn, once its delay has passed."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from porchlight.server.portals.public import log_rows
from porchlight.server.portals.public.rows import about, month, rows_of, took
from porchlight.server.transparency import access as log
from porchlight.server.ui.words import REQUEST_STATES
from porchlight.server.video_requests.access import looks_of, public_request, public_requests, returns_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The record, newest first."""
    shown = public_requests(after=request.GET.get("after", ""))
    return render(request, "public/asked.html", {"page": shown, "rows": rows_of(shown.rows)})


@require_safe
def page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request and what was decided about it."""
    asked = public_request(request_id)
    context = {
        "asked": asked,
        "about": about(asked),
        "took": took(asked),
        "month": month(asked.month),
        "outcome": REQUEST_STATES[asked.outcome],
        "returns": returns_of(asked),
        "looks": looks_of(request_id),
        "entries": log_rows.rows_of(log.entries_about(request_id)),
    }
    with timezone.override(ZoneInfo(asked.timezone)):
        return render(request, "public/request.html", context)
