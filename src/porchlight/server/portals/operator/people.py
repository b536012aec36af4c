"""Reviewers and operators."""

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
from porchlight.core.visibility import Side
from porchlight.server.accounts import access, actions
from porchlight.server.accounts.second_factor import require_fresh
from porchlight.server.on_call import access as on_call
from porchlight.server.portals.mail_field import MailField
from porchlight.server.portals.operator.agencies import OperatorRequest
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.reasons import text_of


class StaffForm(forms.Form):
    """Who is invited, and as what."""

    side = forms.ChoiceField(
        label=_("Invite as"),
        choices=[(Side.REVIEW.value, _("Reviewer")), (Side.OPERATOR.value, _("Operator"))],
        widget=forms.RadioSelect,
    )
    display_name = forms.CharField(label=_("Name"), max_length=80)
    email = MailField(label=_("Email address"))


@require_safe
def listing(request: OperatorRequest) -> HttpResponse:
    """Everybody who works at the review desk or the console."""
    return _page(request, StaffForm())


@require_POST
def invite(request: OperatorRequest) -> HttpResponse:
    """Invite a reviewer or an operator."""
    form = StaffForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.invite_staff(
                email=given["email"],
                side=Side(given["side"]),
                display_name=given["display_name"],
                by=request.actor,
            )
        except Refused as refusal:
            fields = {"mail_address": "email", "already_a_member": "email", "text": "display_name"}
            add_reasons(form, refusal.reasons, fields)
        else:
            said = gettext("The invitation to %(email)s is on its way. It holds for seven days.")
            messages.success(request, said % {"email": given["email"]})
            return redirect("people")
    return _page(request, form)


@require_POST
def withdraw(request: OperatorRequest, invitation_id: UUID) -> HttpResponse:
    """End an invitation."""
    actions.withdraw_staff_invitation(invitation_id=invitation_id, by=request.actor)
    messages.success(request, gettext("The invitation was withdrawn. Its link opens nothing any more."))
    return redirect("people")


@require_POST
def unlock(request: OperatorRequest, user_id: UUID) -> HttpResponse:
    """Free somebody whom wrong passwords locked."""
    try:
        actions.unlock_staff(user_id=user_id, by=request.actor)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, gettext("The account can sign in with its password again."))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: OperatorRequest, user_id: UUID) -> HttpResponse:
    """Let somebody go, after saying what that does."""
    if request.method != "POST":
        return _asked_first(request, user_id, "operator/person_remove.html")
    try:
        actions.remove_staff(user_id=user_id, by=request.actor)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, gettext("The account is closed and signed out everywhere."))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
@require_fresh
def reset_second_factor(request: OperatorRequest, user_id: UUID) -> HttpResponse:
    """Help somebody who lost the phone, after saying what that does."""
    if request.method != "POST":
        return _asked_first(request, user_id, "operator/person_reset.html")
    try:
        actions.reset_staff_second_factor(user_id=user_id, by=request.actor)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, gettext("We wrote to them how to choose a new password and a new second step."))
    return redirect("people")


def _page(request: OperatorRequest, form: StaffForm) -> HttpResponse:
    facts = {
        "people": access.staff(request.actor),
        "invitations": access.open_staff_invitations(request.actor),
        "form": form,
        "own_id": request.actor.user_id,
    }
    return render(request, "operator/people.html", facts, status=422 if form.errors else 200)


def _asked_first(request: OperatorRequest, user_id: UUID, page: str) -> HttpResponse:
    """The page that says what will happen, and whether the person is on call. Raises NotFound, also for oneself."""
    others = [each for each in access.staff(request.actor) if str(each.user_id) != request.actor.user_id]
    person = next((each for each in others if each.user_id == user_id), None)
    if person is None:
        raise NotFound
    reviewers = [each for each in others if each.side is Side.REVIEW]
    facts = {
        "person": person,
        "duty": on_call.duty_of(request.actor, user_id),
        "last_reviewer": reviewers == [person],
    }
    return render(request, page, facts)


def _refused(request: OperatorRequest, refusal: Refused) -> HttpResponse:
    for each in refusal.reasons:
        messages.error(request, text_of(each))
    return redirect("people")
