"""Who belongs to the household: who is in, who is invited, who waits for the key; coming, going and removing."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.core.errors import NotFound, Refused
from porchlight.server.footage import access as footage
from porchlight.server.footage import actions as footage_actions
from porchlight.server.households import access, actions
from porchlight.server.portals.resident.frame import ResidentRequest, home_first
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.reasons import text_of

_FIELD_OF = {
    "mail_address": "email",
    "already_a_member": "email",
    "too_many_members": "email",
    "too_often": "email",
}


class MemberForm(forms.Form):
    """Who is to be invited."""

    email = forms.CharField(
        label=gettext_lazy("Their mail address"),
        max_length=254,
        help_text=gettext_lazy("They get a link that holds for seven days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@require_safe
def people(request: ResidentRequest) -> HttpResponse:
    """Everybody of the household."""
    return _page(request, MemberForm())


@require_POST
def invite(request: ResidentRequest) -> HttpResponse:
    """Invite by mail."""
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            actions.invite_member(by=request.actor, email=form.cleaned_data["email"])
        except Refused as refused:
            add_reasons(form, refused.reasons, _FIELD_OF)
        else:
            messages.success(request, _("The invitation is on its way. It holds for seven days."))
            return redirect("people")
    return _page(request, form)


@require_POST
def withdraw(request: ResidentRequest, invitation_id: UUID) -> HttpResponse:
    """End an invitation."""
    actions.withdraw_member_invitation(by=request.actor, invitation_id=invitation_id)
    messages.success(request, _("The invitation was withdrawn. Its link opens nothing any more."))
    return redirect("people")


@require_POST
def holder(request: ResidentRequest, user_id: UUID) -> HttpResponse:
    """Let a person invite and remove, or no longer."""
    try:
        actions.name_holder(by=request.actor, user_id=user_id, holder=request.POST.get("holder") == "yes")
    except Refused as refused:
        return _refused(request, refused)
    messages.success(request, _("Saved."))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: ResidentRequest, user_id: UUID) -> HttpResponse:
    """Take a person out, after saying what that does."""
    person = access.housemate(request.actor, user_id)
    if request.method != "POST":
        has_key = footage.own_key(request.actor) is not None
        return render(request, "resident/person_remove.html", {"person": person, "has_key": has_key})
    try:
        footage_actions.remove_member(by=request.actor, user_id=user_id)
    except Refused as refused:
        return _refused(request, refused)
    said = _("%(name)s is out and signed out everywhere.") % {"name": person.name}
    messages.success(request, said)
    return redirect("key-change" if footage.own_key(request.actor) is not None else "people")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: ResidentRequest) -> HttpResponse:
    """Go, after saying what that does."""
    access.me(request.actor)
    if request.method != "POST":
        alone = len(access.housemates(request.actor)) == 1
        return render(request, "resident/household_leave.html", {"alone": alone})
    try:
        footage_actions.leave_household(by=request.actor)
    except Refused as refused:
        return _refused(request, refused)
    messages.success(request, _("You left the household. Your account stays."))
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: ResidentRequest, token: str) -> HttpResponse:
    """The link of an invitation: it says who invites, and nothing of the home."""
    try:
        invitation = access.member_invitation(token)
    except NotFound:
        return render(request, "resident/household_join_gone.html", status=410)
    belongs = access.own_household(request.actor) is not None
    if request.method == "POST":
        try:
            actions.join_household(by=request.actor, token=token)
        except Refused as refused:
            for each in refused.reasons:
                messages.error(request, text_of(each))
            return redirect("settings")
        messages.success(request, _("Welcome. You see what your household sees."))
        return redirect("home")
    facts = {"invitation": invitation, "belongs": belongs}
    return render(request, "resident/household_join.html", facts)


def _page(request: ResidentRequest, form: MemberForm) -> HttpResponse:
    if access.own_household(request.actor) is None:
        return home_first(request)
    key = footage.own_key(request.actor)
    waiting = {door.user_id: door for door in footage.doors(request.actor).filter(sealed_key="")}
    open_to = set(footage.doors(request.actor).exclude(sealed_key="").values_list("user_id", flat=True))
    me = access.me(request.actor)
    facts = {
        "people": [
            {"person": each, "waits": waiting.get(each.user_id), "opens": each.user_id in open_to}
            for each in access.housemates(request.actor)
        ],
        "me": me,
        "form": form,
        "invited": access.invited(request.actor),
        "key": key,
    }
    return render(request, "resident/people.html", facts, status=422 if form.errors else 200)


def _refused(request: ResidentRequest, refused: Refused) -> HttpResponse:
    for each in refused.reasons:
        messages.error(request, text_of(each))
    return redirect("people")
