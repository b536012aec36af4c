"""The agency's evidence systems: an administrator adds one with its key, gives it tokens, ends them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Role
from porchlight.server.accounts.second_factor import require_fresh
from porchlight.server.agencies import access, actions
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.agency.home import OfficerRequest
from porchlight.server.portals.api.pages import in_words
from porchlight.server.ui.forms import add_reasons

_COMMAND = "porchlight evidence key --out evidence.key"
_FIELD_OF = {"text": "name", "system_name": "name", "key": "recipient", "token_days": "days"}


class SystemForm(forms.Form):
    """A name that custody shows, and the public half of the key that was made on the system."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("Owners read it in the record of who opened their video: “Records vault”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    recipient = forms.CharField(
        label=_("Public half of its key"),
        max_length=200,
        help_text=_("What “porchlight evidence key” printed on the system; it begins with age1."),
        widget=forms.TextInput(attrs={"class": "mono", "autocomplete": "off", "spellcheck": "false"}),
    )
    days = forms.TypedChoiceField(
        label=_("When does its token end?"),
        coerce=int,
        help_text=_("After that day the system fetches nothing until you give it a new one."),
        choices=[(30, _("In 30 days")), (90, _("In 90 days")), (365, _("In 365 days"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when it ends.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficerRequest) -> HttpResponse:
    """Add an evidence system; a POST asks for the second step first."""
    if request.method != "POST":
        return _page(request, SystemForm())
    made: HttpResponse = _added(request)
    return made


@require_POST
@require_fresh
def new_token(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Another token, beside those that the system has."""
    made = actions.new_system_token(officer_id=officer_id, by=request.actor)
    return render(request, "api/made.html", {"made": made, "back": "team"}, status=201)


@require_POST
def end_token(request: OfficerRequest, officer_id: UUID, token_id: UUID) -> HttpResponse:
    """End one of a system's tokens."""
    actions.revoke_system_token(officer_id=officer_id, token_id=token_id, by=request.actor)
    messages.success(request, gettext("The token has ended. Nothing can use it any more."))
    return redirect("team")


def systems_of(request: OfficerRequest) -> list[dict[str, Any]]:
    """The evidence systems with their tokens, for administrators; for others none."""
    if Role.AGENCY_ADMIN not in request.actor.roles:
        return []
    tokens = in_words(access.system_tokens(request.actor))
    members = [each for each in access.team(request.actor) if each.is_system]
    return [
        {"member": each, "rows": [row for row in tokens if row["token"].user_id == each.user_id]}
        for each in members
    ]


@require_fresh
def _added(request: OfficerRequest) -> HttpResponse:
    form = SystemForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        made = actions.add_system(by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        add_reasons(form, refusal.reasons, _FIELD_OF)
        return _page(request, form)
    return render(request, "api/made.html", {"made": made, "back": "team"}, status=201)


def _page(request: OfficerRequest, form: SystemForm) -> HttpResponse:
    if Role.AGENCY_ADMIN not in request.actor.roles:
        raise NotFound
    facts = {"form": form, "agency": access.my_agency(request.actor), "command": _COMMAND}
    return render(request, "agency/system_add.html", facts, status=422 if form.errors else 200)


_A = Audience.AGENCY_ADMIN
urlpatterns: list[URLPattern] = [
    route("team/systems/add/", add, audience=_A, name="system-add"),
    route("team/systems/<uuid:officer_id>/token/", new_token, audience=_A, name="system-token"),
    route(
        "team/systems/<uuid:officer_id>/tokens/<uuid:token_id>/end/",
        end_token,
        audience=_A,
        name="system-token-end",
    ),
]
