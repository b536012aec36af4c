"""Where home is, and the code that proves it. The page is the same whether or not others hold the place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.core.errors import Refused
from porchlight.server.consent import access as consent_access
from porchlight.server.consent import actions as consent
from porchlight.server.footage.access.limits import UNPROVEN_QUOTA_BYTES
from porchlight.server.households import access, actions
from porchlight.server.portals.resident.forms import PLACE_FIELDS, CodeForm, HomeForm
from porchlight.server.portals.resident.frame import ResidentRequest
from porchlight.server.ui.forms import add_reasons


@require_http_methods(["GET", "HEAD", "POST"])
def household(request: ResidentRequest) -> HttpResponse:
    """The place and how far its proof is; a POST claims a place."""
    own = access.own_household(request.actor)
    known = (
        {"address": own.address, "place": (own.latitude, own.longitude)}
        if own and own.latitude is not None
        else {}
    )
    form = HomeForm(request.POST if request.method == "POST" else None, initial=known)
    if (
        request.method == "POST" and "back" in request.POST
    ):  # from the page that asked, to the form as it was typed
        return _page(request, form, CodeForm())
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST and (asking := _asks_first(request, form)):
            return asking
        lat, lon = form.cleaned_data["place"]
        try:
            consent.move_house(
                by=request.actor,
                address=form.cleaned_data["address"],
                lat=lat,
                lon=lon,
                timezone=form.cleaned_data["timezone"],
            )
        except Refused as refused:
            add_reasons(form, refused.reasons, {**PLACE_FIELDS, **_text_fields("address")})
        else:
            messages.success(request, _("Saved. We will send a letter with a code to this address."))
            return redirect("household")
    return _page(request, form, CodeForm())


def _asks_first(request: ResidentRequest, form: HomeForm) -> HttpResponse | None:
    """What goes and what stays, before anything is done: for a move, and for a new address with the pin at the old."""
    address, (lat, lon) = form.cleaned_data["address"], form.cleaned_data["place"]
    facts: dict[str, object] = {
        "address": address,
        "given": [
            ("address", address),
            ("timezone", form.cleaned_data["timezone"]),
            ("place_lat", lat),
            ("place_lon", lon),
        ],
    }
    move = access.move_to(request.actor, lat, lon)
    if move is not None:
        asked = sum(each.open for each in consent_access.requests_for(request.actor))
        return render(request, "resident/moving.html", {**facts, "move": move, "asked": asked})
    if access.only_the_address(request.actor, address, lat, lon):
        own = access.own_household(request.actor)
        return render(request, "resident/address_alone.html", {**facts, "household": own})
    return None


@require_POST
def confirm(request: ResidentRequest) -> HttpResponse:
    """The code of the letter."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_code(by=request.actor, code=form.cleaned_data["code"]).require()
        except Refused as refused:
            add_reasons(form, refused.reasons, {"code_wrong": "code", "code_spent": "code"})
        else:
            messages.success(
                request, _("Your home is verified. You can be asked for video now, and you decide each time.")
            )
            return redirect("household")
    return _page(request, None, form)


@require_POST
def letter(request: ResidentRequest) -> HttpResponse:
    """Another letter."""
    actions.request_letter(by=request.actor)
    messages.success(request, _("We will send a new letter. The old code no longer works."))
    return redirect("household")


def _page(request: ResidentRequest, form: HomeForm | None, code_form: CodeForm) -> HttpResponse:
    own = access.own_household(request.actor)
    if form is None:
        known = {"address": own.address, "place": (own.latitude, own.longitude)} if own else {}
        form = HomeForm(initial=known)
    facts = {
        "form": form,
        "code_form": code_form,
        "household": own,
        "status": access.place_state(request.actor),
        "cameras": access.cameras(request.actor).exists(),
        "unproven_room": UNPROVEN_QUOTA_BYTES,
        "change": "change" in request.GET or form.is_bound,
    }
    return render(
        request, "resident/household.html", facts, status=422 if form.errors or code_form.errors else 200
    )


def _text_fields(name: str) -> dict[str, str]:
    codes = ("text_missing", "text_too_long", "text_too_short", "text_control_characters")
    return dict.fromkeys(codes, name)
