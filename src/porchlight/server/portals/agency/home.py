"""Where an officer begins, and their own settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from porchlight.core.visibility import Actor
from porchlight.server.agencies.access import current_key, my_agency


class OfficerRequest(HttpRequest):
    """A request that the audience check let through to an agency's page."""

    actor: Actor


@require_safe
def start(request: OfficerRequest) -> HttpResponse:
    """To the requests; an officer without an evidence key makes one first."""
    if current_key(request.actor) is None:
        return redirect("keys")
    try:
        return redirect(reverse("requests"))
    except NoReverseMatch:
        return redirect("team")


@require_safe
def settings_page(request: OfficerRequest) -> HttpResponse:
    """The officer's own account: password, second step, key."""
    facts = {"agency": my_agency(request.actor), "key": current_key(request.actor)}
    return render(request, "agency/settings.html", facts)
