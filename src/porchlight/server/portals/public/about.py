"""What Porchlight is, and what it cannot do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.server.video_requests.access import policy_numbers


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The promises in plain words, with the numbers in force."""
    numbers = policy_numbers()
    return render(
        request, "public/about.html", {"numbers": numbers, "hours": numbers.most_span_minutes // 60}
    )
