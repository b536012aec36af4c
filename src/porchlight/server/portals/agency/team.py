"""An agency's own people."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Role
from porchlight.server.accounts.second_factor import require_fresh
from porchlight.server.agencies import actions
from porchlight.server.agencies.access import TeamMember, my_agency, open_invitations, team, team_needs
from porchlight.server.agencies.access.register import CUSTODIANS_NEEDED
from porchlight.server.portals.agency.home import OfficerRequest
from porchlight.server.portals.agency.systems import systems_of
from porchlight.server.portals.mail_field import MailField
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.reasons import text_of

FIELD_OF = {"mail_address": "email", "already_a_member": "email"}


class RolesForm(forms.Form):
    """What a member may do besides asking."""

    is_supervisor = forms.BooleanField(
        label=_("Supervisor"), required=False, help_text=_("Signs requests that others wrote.")
    )
    is_custodian = forms.BooleanField(
        label=_("Evidence custodian"),
        required=False,
        help_text=_("Their key opens every video that is shared with the agency. An agency needs two."),
    )
    is_admin = forms.BooleanField(
        label=_("Administrator"), required=False, help_text=_("Invites, unlocks and removes people.")
    )


class InviteForm(RolesForm):
    """Who is invited, and as what."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = MailField(label=_("Email address"))
    title = forms.CharField(
        label=_("Title"), max_length=60, required=False, help_text=_("Shown to owners: “Detective”.")
    )
    field_order = ("name", "email", "title", "is_supervisor", "is_custodian", "is_admin")


@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Who is in the team, and what the agency still needs before it can ask."""
    agency = my_agency(request.actor)
    is_admin = Role.AGENCY_ADMIN in request.actor.roles
    facts = {
        "agency": agency,
        "members": team(request.actor),
        "needs": team_needs(agency.id),
        "is_admin": is_admin,
        "invitations": open_invitations(request.actor) if is_admin else (),
        "own_id": request.actor.user_id,
        "systems": systems_of(request),
    }
    return render(request, "agency/team.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: OfficerRequest) -> HttpResponse:
    """Invite somebody; the link goes to their address and nowhere else."""
    agency = my_agency(request.actor)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_officer(agency_id=agency.id, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            add_reasons(form, refusal.reasons, FIELD_OF)
        else:
            said = gettext("The invitation to %(email)s is on its way. It holds for seven days.")
            messages.success(request, said % {"email": form.cleaned_data["email"]})
            return redirect("team")
    facts = {"form": form, "agency": agency}
    return render(request, "agency/team_invite.html", facts, status=422 if form.errors else 200)


@require_POST
def withdraw(request: OfficerRequest, invitation_id: UUID) -> HttpResponse:
    """End an invitation."""
    actions.withdraw_invitation(invitation_id=invitation_id, by=request.actor)
    messages.success(request, gettext("The invitation was withdrawn. Its link opens nothing any more."))
    return redirect("team")


@require_http_methods(["GET", "HEAD", "POST"])
@require_fresh
def roles(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """What a member may do."""
    member = _member(request, officer_id)
    held = {name: getattr(member, name) for name in RolesForm.base_fields}
    form = RolesForm(request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_roles(officer_id=officer_id, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            add_reasons(form, refusal.reasons, {"agency_needs_administrator": "is_admin"})
        else:
            messages.success(request, gettext("The roles were changed."))
            return redirect("team")
    facts = {"form": form, "member": member}
    return render(request, "agency/team_roles.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Let a member go, after saying what that does."""
    member = _member(request, officer_id)
    if request.method != "POST":
        holders = [each for each in team(request.actor) if each.is_custodian and each.has_key]
        last = member in holders and len(holders) <= CUSTODIANS_NEEDED
        return render(request, "agency/team_remove.html", {"member": member, "needed_as_custodian": last})
    name = member.name
    try:
        actions.remove_officer(officer_id=officer_id, by=request.actor)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, gettext("%(name)s was removed and is signed out everywhere.") % {"name": name})
    return redirect("team")


@require_POST
def unlock(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Free a member whom wrong passwords locked."""
    name = _member(request, officer_id).name
    try:
        actions.unlock_officer(officer_id=officer_id, by=request.actor)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, gettext("%(name)s can sign in with the password again.") % {"name": name})
    return redirect("team")


@require_http_methods(["GET", "HEAD", "POST"])
@require_fresh
def reset_second_factor(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Help a member who lost the phone, after saying what that does."""
    member = _member(request, officer_id)
    if request.method != "POST":
        return render(request, "agency/team_reset.html", {"member": member})
    name = member.name
    try:
        actions.reset_second_factor(officer_id=officer_id, by=request.actor)
    except Refused as refusal:
        return _refused(request, refusal)
    said = gettext("We wrote to %(name)s how to choose a new password and a new second step.")
    messages.success(request, said % {"name": name})
    return redirect("team")


def _member(request: OfficerRequest, officer_id: UUID) -> TeamMember:
    found = next((each for each in team(request.actor) if each.officer_id == officer_id), None)
    if found is None:
        raise NotFound
    return found


def _refused(request: OfficerRequest, refusal: Refused) -> HttpResponse:
    for each in refusal.reasons:
        messages.error(request, text_of(each))
    return redirect("team")
