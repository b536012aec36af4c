"""The household's key: public halves and wraps go through here, never a secret."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.server.footage import access, actions
from porchlight.server.households.access import own_household
from porchlight.server.portals.resident.frame import (
    ResidentRequest,
    home_first,
    json_of,
    not_understood,
    text_in,
)

FIELDS = ("recipient", "recovery_recipient", "wrapped_by_passphrase", "wrapped_by_recovery", "recovery_vouch")


@require_safe
def keys(request: ResidentRequest) -> HttpResponse:
    """Make a key with its recovery sheet, or unlock the one there is."""
    if own_household(request.actor) is None:
        return home_first(request)
    facts = {"key": access.own_key(request.actor), "room": access.room(request.actor)}
    return render(request, "resident/keys.html", facts)


@require_http_methods(["GET", "POST"])
def own(request: ResidentRequest) -> HttpResponse:
    """What the server holds of the key, for the browser that unlocks it; a POST stores a new one."""
    if request.method == "POST":
        given = json_of(request)
        if any(name not in given for name in FIELDS[:-1]):
            raise not_understood()
        actions.store_key(
            by=request.actor, **{name: text_in(given, name) for name in FIELDS if name in given}
        )
        return JsonResponse({"stored": True}, status=201)
    key = access.own_key(request.actor)
    return JsonResponse({name: getattr(key, name) for name in FIELDS} if key is not None else {})
