"""What the household does not want to be asked, and how to undo it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import reason
from porchlight.server.agencies.access import public_agencies
from porchlight.server.consent import access as consent
from porchlight.server.households import access, actions
from porchlight.server.portals.resident.frame import ResidentRequest
from porchlight.server.video_requests.access import offense_choices, offense_name


@dataclass(frozen=True)
class Standing:
    """One opt-out in words."""

    id: UUID
    words: str | Promise


@require_safe
def opt_outs(request: ResidentRequest) -> HttpResponse:
    """The list and the choices; `?request=` (one the household was asked) puts its agency and offense first."""
    names = {str(agency.id): agency.name for agency in public_agencies()}
    asked = None
    try:
        asked = consent.request_for(request.actor, UUID(request.GET.get("request", ""))).request
    except (NotFound, ValueError):
        asked = None
    facts = {
        "standing": [
            Standing(each.pk, _words(each.scope, each.value, names))
            for each in access.opt_outs(request.actor)
        ],
        "household": access.own_household(request.actor),
        "agencies": sorted(names.items(), key=lambda pair: pair[1]),
        "offenses": offense_choices(),
        "asked": asked,
    }
    return render(request, "resident/opt_outs.html", facts)


@require_POST
def add(request: ResidentRequest) -> HttpResponse:
    """Opt out; a second click changes nothing."""
    scope, _sep, value = request.POST.get("what", "").partition(":")
    if scope in {"agency", "offense"} and not value:
        value = request.POST.get(scope, "")
    if not scope or (scope in {"agency", "offense"} and not value):
        raise Refused((reason("opt_out_unknown"),))
    actions.opt_out(by=request.actor, scope=scope, value=value)
    messages.success(request, _("You opted out. It holds for your whole household until you undo it."))
    return redirect("opt-outs")


@require_POST
def undo(request: ResidentRequest, opt_out_id: UUID) -> HttpResponse:
    """Be asked again."""
    try:
        actions.undo_opt_out(by=request.actor, opt_out_id=opt_out_id)
    except NotFound:
        # Undone in another tab: what was wanted is so.
        return redirect("opt-outs")
    messages.success(request, _("Undone. You can be asked again."))
    return redirect("opt-outs")


def _words(scope: str, value: str, agencies: dict[str, str]) -> str | Promise:
    if scope == "all":
        return gettext_lazy("All video requests")
    if scope == "agency":
        return _("Requests of %(agency)s") % {"agency": agencies.get(value, _("an agency that left"))}
    return _("Requests about: %(offense)s") % {"offense": offense_name(value)}
