"""A video request as its owner sees it, and the three answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.core.errors import Refused
from porchlight.server.consent import access, actions
from porchlight.server.footage import access as footage
from porchlight.server.households import access as households
from porchlight.server.portals.resident.forms import ReportForm
from porchlight.server.portals.resident.frame import ResidentRequest, base64_of, use_home_clock
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.maps import lamp


@require_safe
def requests(request: ResidentRequest) -> HttpResponse:
    """What the household was asked."""
    use_home_clock(request.actor)
    asked = access.requests_for(request.actor)
    facts = {
        "open": [each for each in asked if each.open],
        "ended": [each for each in asked if not each.open],
    }
    return render(request, "resident/requests.html", facts)


@require_safe
def show(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    """Who asks, why, where and when; the household's own clips; the answers."""
    asked = access.request_for(request.actor, request_id)
    use_home_clock(request.actor, asked.request.timezone)
    own = households.cameras(request.actor)
    facts = {
        "asked": asked,
        "request_": asked.request,
        "lamps": [
            lamp(lon=each.longitude, lat=each.latitude, label=each.name, bearing=each.direction_deg)
            for each in own
        ],
        "has_key": footage.own_key(request.actor) is not None,
        "clips": footage.clips(request.actor).count(),
    }
    return render(request, "resident/request.html", facts)


@require_POST
def answer(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    """One of three equal answers: sharing goes on to its own page, declining writes nothing."""
    asked = access.request_for(request.actor, request_id)
    given = request.POST.get("answer", "")
    if given == "share":
        return redirect("request-share", request_id=request_id)
    if given == "opt-out":
        return redirect(f"{reverse('opt-outs')}?request={request_id}")
    return _declined(request, asked)


@require_POST
def decline(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    """Share nothing. Nothing is written, so nothing can be found later."""
    return _declined(request, access.request_for(request.actor, request_id))


def _declined(request: ResidentRequest, asked: access.Asked) -> HttpResponse:
    use_home_clock(request.actor, asked.request.timezone)
    return render(request, "resident/declined.html", {"asked": asked, "request_": asked.request})


@require_safe
def key(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    """Q, and what the owner's browser needs to check that the public log holds it."""
    asked = access.request_for(request.actor, request_id)
    logged = access.request_key(asked)
    return JsonResponse(
        {
            "request": str(asked.request.id),
            "q_recipient": asked.request.q_recipient,
            "entry": base64_of(logged.entry) if logged else None,
            "proof": logged.proof if logged else None,
            "verifier_key": logged.verifier_key if logged else None,
            "purpose": actions.purpose_of(asked.request),
            "most_days": actions.MOST_DAYS,
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    """Tell the review desk that a request is improper."""
    asked = access.request_for(request.actor, request_id)
    use_home_clock(request.actor, asked.request.timezone)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(
                by=request.actor,
                request_id=request_id,
                why=form.cleaned_data["why"],
                text=form.cleaned_data["text"],
            )
        except Refused as refused:
            fields = {
                "report_reason_unknown": "why",
                "text_too_long": "text",
                "text_control_characters": "text",
            }
            add_reasons(form, refused.reasons, fields)
        else:
            messages.success(request, _("The review desk has your report. The police are not told."))
            return redirect("request", request_id=request_id)
    facts = {"asked": asked, "request_": asked.request, "form": form}
    return render(request, "resident/report.html", facts, status=422 if form.errors else 200)
