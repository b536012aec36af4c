"""What the review desk does, in numbers, and its second looks, which anyone can draw again from the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.server.video_requests.access import look_totals, public_looks, totals, urgency


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Time to a decision, how often danger to life was said, and every approval that was drawn."""
    context = {
        "looks": look_totals(),
        "totals": totals(),
        "urgency": urgency(),
        "page": public_looks(request.GET.get("after", "")),
    }
    return render(request, "public/desk.html", context)
