"""The first page, and the page that leads to all settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.server.consent import access as consent
from porchlight.server.footage import access as footage
from porchlight.server.households import access as households
from porchlight.server.portals.resident.frame import ResidentRequest, use_home_clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the household; who is not signed in reads what this is."""
    actor = getattr(request, "actor", None)
    if not request.user.is_authenticated or actor is None:
        return render(request, "resident/welcome.html")
    use_home_clock(actor)
    asked = [each for each in consent.requests_for(actor) if each.open]
    facts = {
        "asked": asked,
        "place": households.place_state(actor),
        "cameras": households.cameras(actor).count(),
        "has_home": households.own_household(actor) is not None,
        "has_key": footage.own_key(actor) is not None,
    }
    return render(request, "resident/home.html", facts)


@require_safe
def settings_page(request: ResidentRequest) -> HttpResponse:
    """Where each setting is."""
    return render(request, "resident/settings.html", {"place": households.place_state(request.actor)})
