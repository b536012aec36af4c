"""Deleting the account, or the household alone: what goes and what stays is said before, and the person proves who they are."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.core.errors import Refused
from porchlight.server.consent import access as consent_access
from porchlight.server.consent import actions as consent
from porchlight.server.footage import access as footage
from porchlight.server.households import access
from porchlight.server.portals.resident.frame import ResidentRequest
from porchlight.server.ui.reasons import text_of


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def account(request: ResidentRequest) -> HttpResponse:
    """Delete the account; the household with it, if nobody else is in it."""
    if request.method != "POST":
        return render(request, "resident/delete_account.html", _facts(request))
    if "sure" not in request.POST:
        facts = {**_facts(request), "unsure": True}
        return render(request, "resident/delete_account.html", facts, status=422)
    by = request.actor
    logout(request)
    consent.delete_account(by=by, take_back="take_back" in request.POST)
    messages.success(request, _("Your account is deleted."))
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def household(request: ResidentRequest) -> HttpResponse:
    """Delete the household and keep the account; only for who is alone in it."""
    access.me(request.actor)
    if request.method != "POST":
        return render(request, "resident/delete_household.html", _facts(request))
    if "sure" not in request.POST:
        facts = {**_facts(request), "unsure": True}
        return render(request, "resident/delete_household.html", facts, status=422)
    try:
        consent.delete_household(by=request.actor, take_back="take_back" in request.POST)
    except Refused as refused:
        for each in refused.reasons:
            messages.error(request, text_of(each))
        return redirect("people")
    messages.success(request, _("Your household is deleted. Your account stays."))
    return redirect("home")


def _facts(request: ResidentRequest) -> dict[str, object]:
    shares = [each for each in consent_access.shares_of(request.actor) if each.withdrawn_at is None]
    people = access.housemates(request.actor)
    return {
        "alone": len(people) == 1,
        "others": max(0, len(people) - 1),
        "has_home": bool(people),
        "clips": footage.clips(request.actor).count(),
        "shares": len(shares),
        "opt_outs": access.opt_outs(request.actor).count(),
    }
