"""An officer's evidence key: made in the browser; its public half and the wrapped secret half go through here."""

from __future__ import annotations

import json

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.server.accounts.second_factor import require_fresh
from porchlight.server.agencies.access import OwnKey, current_key, former_keys, my_agency
from porchlight.server.agencies.actions import store_key
from porchlight.server.portals.agency.home import OfficerRequest

_MOST_BYTES = 16_000


@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Make a key, or see the one there is."""
    key = current_key(request.actor)
    facts = {
        "key": key,
        "former": former_keys(request.actor),
        "agency": my_agency(request.actor),
        "making": key is None or (request.GET.get("new") == "1" and request.actor.fresh_factor),
    }
    return render(request, "agency/keys.html", facts)


@require_POST
@require_fresh
def renew(_request: OfficerRequest) -> HttpResponse:
    """Confirm with the second step, then make a new key."""
    return redirect("/keys/?new=1")


@require_http_methods(["GET", "POST"])
def own(request: OfficerRequest) -> HttpResponse:
    """What the server holds of the officer's keys, for the browser that unlocks them; a POST stores a new one.

    GET: `{recipient, wrapped, former: [{recipient, wrapped}]}`, or `{}` without a key.
    POST: `{recipient, wrapped}`.
    """
    if request.method == "POST":
        recipient, wrapped = _posted(request)
        stored = store_key(recipient=recipient, wrapped=wrapped, by=request.actor)
        return JsonResponse(_public(stored), status=201)
    key = current_key(request.actor)
    if key is None:
        return JsonResponse({})
    return JsonResponse({**_public(key), "former": [_public(each) for each in former_keys(request.actor)]})


def _public(key: OwnKey) -> dict[str, str]:
    return {"key_id": str(key.key_id), "recipient": key.recipient, "wrapped": key.wrapped}


def _posted(request: OfficerRequest) -> tuple[str, str]:
    malformed = Refused((reason("wrapped_key_malformed"),))
    if len(request.body) > _MOST_BYTES:
        raise malformed
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise malformed from error
    if not isinstance(given, dict):
        raise malformed
    recipient, wrapped = given.get("recipient"), given.get("wrapped")
    if not isinstance(recipient, str) or not isinstance(wrapped, str):
        raise malformed
    return recipient, wrapped
