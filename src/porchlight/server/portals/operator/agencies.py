"""The register of agencies, as operators keep it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor
from porchlight.server.agencies import access, actions
from porchlight.server.agencies.access.details import Details, read_details
from porchlight.server.agencies.access.states import STATES
from porchlight.server.portals.mail_field import MailField
from porchlight.server.ui.forms import add_reasons

_MOST_DIGITS = 6
_FOLDED = {"county_fips", "population", "timezone"}
FIELD_OF = {
    "ori": "ori",
    "state": "state",
    "county_fips": "county_fips",
    "population": "population",
    "mail_domain": "mail_domain",
    "mail_address": "email",
    "already_a_member": "email",
    "phone": "phone",
    "timezone": "timezone",
    "case_pattern": "case_template",
}


class OperatorRequest(HttpRequest):
    """A request that the audience check let through to the console."""

    actor: Actor


class AgencyForm(forms.Form):
    """An agency's entry."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("In full, as on its letterhead."))
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_("Used after the full name was said once."),
    )
    ori = forms.CharField(
        label=_("ORI code"),
        max_length=9,
        help_text=_("Nine characters, the first two are letters: WI0010100."),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", "–"), *((each, each) for each in sorted(STATES) if each != "ZZ")]
    )
    mail_domain = forms.CharField(
        label=_("Mail domain"),
        max_length=120,
        required=False,
        help_text=_("Only addresses of it can be invited: alderfalls.example. Empty allows any."),
    )
    case_template = forms.CharField(
        label=_("Case numbers look like"),
        max_length=40,
        required=False,
        help_text=_("# is a digit, @ is a letter: AF-##-#####."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("Shown to owners, so that they can check."),
    )
    timezone = forms.CharField(
        label=_("Time zone"), max_length=64, required=False, help_text=_("Empty takes the one of the state.")
    )
    county_fips = forms.CharField(label=_("County (FIPS code)"), max_length=5, required=False)
    population = forms.CharField(label=_("People who live there"), max_length=9, required=False)


class AdminForm(forms.Form):
    """The agency's first people. They invite the others."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = MailField(label=_("Email address"))
    title = forms.CharField(label=_("Title"), max_length=60, required=False)


@require_safe
def listing(request: OperatorRequest) -> HttpResponse:
    """Agencies and what each still needs, a hundred at a time; `?q=` searches, `?from=` goes on."""
    search, start = request.GET.get("q", ""), request.GET.get("from", "0")
    page = access.agencies_for_operator(
        request.actor,
        search=search,
        start=int(start) if start.isascii() and start.isdigit() and len(start) <= _MOST_DIGITS else 0,
    )
    return render(request, "operator/agencies.html", {"page": page, "search": search})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OperatorRequest) -> HttpResponse:
    """Add an agency to the register."""
    form = AgencyForm(request.POST if request.method == "POST" else None)
    details = _details_in(form) if form.is_bound else None
    if details is not None:
        try:
            agency = actions.add_agency(details=details, by=request.actor)
        except Refused as refusal:
            add_reasons(form, refusal.reasons, FIELD_OF)
        else:
            messages.success(request, gettext("%(name)s was added.") % {"name": agency.name})
            return redirect("agency", agency_id=agency.id)
    facts = {"form": form, "more_open": bool(_FOLDED & set(form.errors))}
    return render(request, "operator/agency_add.html", facts, status=422 if form.errors else 200)


@require_safe
def show(request: OperatorRequest, agency_id: UUID) -> HttpResponse:
    """One agency: where it may ask, who administers it, what it needs."""
    return _page(request, agency_id, AdminForm())


@require_POST
def invite(request: OperatorRequest, agency_id: UUID) -> HttpResponse:
    """Invite an administrator of the agency."""
    form = AdminForm(request.POST)
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            actions.invite_officer(agency_id=agency_id, is_admin=True, by=request.actor, **given)
        except Refused as refusal:
            add_reasons(form, refusal.reasons, FIELD_OF)
        else:
            said = gettext("The invitation to %(email)s is on its way. It holds for seven days.")
            messages.success(request, said % {"email": given["email"]})
            return redirect("agency", agency_id=agency_id)
    return _page(request, agency_id, form)


@require_POST
def withdraw(request: OperatorRequest, agency_id: UUID, invitation_id: UUID) -> HttpResponse:
    """End an invitation of this agency."""
    if all(each.id != invitation_id for each in access.agency_invitations(request.actor, agency_id)):
        raise NotFound
    actions.withdraw_invitation(invitation_id=invitation_id, by=request.actor)
    messages.success(request, gettext("The invitation was withdrawn. Its link opens nothing any more."))
    return redirect("agency", agency_id=agency_id)


def _details_in(form: AgencyForm) -> Details | None:
    """What was typed, or None with everything that is wrong with it said at once, each at its field."""
    form.is_valid()
    try:
        details = read_details({name: form.data.get(name, "") for name in form.fields})
    except Refused as refusal:
        add_reasons(form, refusal.reasons, FIELD_OF, where_clean=True)
        return None
    return details if not form.errors else None


def _page(request: OperatorRequest, agency_id: UUID, form: AdminForm) -> HttpResponse:
    facts = {
        "agency": access.agency_for_operator(request.actor, agency_id),
        "facts": access.agency_facts(agency_id),
        "needs": access.team_needs(agency_id),
        "admins": access.agency_people(request.actor, agency_id),
        "invitations": access.agency_invitations(request.actor, agency_id),
        "form": form,
    }
    return render(request, "operator/agency.html", facts, status=422 if form.errors else 200)
