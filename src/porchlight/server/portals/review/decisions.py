"""One request before a reviewer: its facts, what the software checked, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import Conflict, Refused
from porchlight.core.lifecycle import RequestState
from porchlight.core.places import read_area
from porchlight.core.visibility import Action
from porchlight.server.portals.review.forms import DecisionForm, ReasonForm
from porchlight.server.portals.review.on_call import waiting_for
from porchlight.server.portals.review.queue import actor_of, beside
from porchlight.server.portals.review.summary import bounds_of
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.hints import public_hints
from porchlight.server.ui.words import REQUEST_STATES, offense_label
from porchlight.server.video_requests import access, actions

_FIELDS = {"reviewer_declared_conflict": "ties", "verdict": "verdict", "text": "public_reason"}


@require_safe
def show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The request, and the form for the answer."""
    case = access.review_request(actor_of(request), request_id)
    return _page(request, case, form_of(case))


@require_POST
def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Record the answer; what was typed stays on the page whenever it cannot be taken."""
    actor = actor_of(request)
    case = access.review_request(actor, request_id)
    form = form_of(case, request.POST)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    try:
        decided = actions.decide(
            by=actor,
            request_id=request_id,
            verdict=form.cleaned_data["verdict"],
            checklist=form.checklist(),
            public_reason=form.cleaned_data["public_reason"],
            round_=form.cleaned_data["round"],
        )
    except Refused as refused:
        add_reasons(form, refused.reasons, _FIELDS)
        return _page(request, case, form, status=422)
    except Conflict:
        return _overtaken(request, request_id, form.cleaned_data["public_reason"])
    waits = decided.state == RequestState.SIGNED
    said = (
        _("Recorded: %(offense)s, %(agency)s. A second reviewer decides too.")
        if waits
        else _("Your decision is recorded: %(offense)s, %(agency)s.")
    )
    what = {"offense": offense_label(case.request.offense), "agency": case.request.agency.name}
    messages.success(request, said % what)
    return HttpResponseRedirect(f"{reverse('requests')}?recorded={request_id}")


@require_POST
def take_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take an approval back after a second look."""
    actor = actor_of(request)
    case = access.review_request(actor, request_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form_of(case), taking_back=form, status=422)
    try:
        actions.revoke(by=actor, request_id=request_id, public_reason=form.cleaned_data["public_reason"])
    except Refused as refused:
        add_reasons(form, refused.reasons, _FIELDS)
        return _page(request, case, form_of(case), taking_back=form, status=422)
    except Conflict:
        return _overtaken(request, request_id, form.cleaned_data["public_reason"])
    messages.success(request, _("The approval is taken back. Owners are not asked any more."))
    return HttpResponseRedirect(reverse("request", args=[request_id]))


def _page(
    request: HttpRequest,
    case: access.ReviewCase,
    form: DecisionForm,
    *,
    taking_back: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = case.request
    context: Mapping[str, Any] = {
        "case": case,
        "asked": asked,
        "offense": offense_label(asked.offense),
        "state": REQUEST_STATES[asked.state],
        "area": read_area(asked.area) if asked.area else None,
        "bounds": bounds_of(case.checks),
        "answers": [_answer(each) for each in case.answers],
        "hints": public_hints(asked.public_summary, agency=asked.agency.name),
        "earlier": case.earlier,
        "form": form.for_display(),
        "taking_back": taking_back or ReasonForm(),
        "may_take_back": access.may(actor_of(request), Action.REQUEST_REVOKE, asked),
        "awaited": waiting_for(request, asked.pk),
        **beside(request),
    }
    with timezone.override(ZoneInfo(asked.agency.timezone)):
        return render(request, "review/request.html", context, status=status)


def form_of(case: access.ReviewCase, given: Any = None) -> DecisionForm:
    return DecisionForm(given, urgent=case.request.urgent, initial={"round": case.request.round})


def _answer(decision: Any) -> dict[str, Any]:
    return {"decision": decision, "name": decision.reviewer.display_name}


def _overtaken(request: HttpRequest, request_id: UUID, typed: str) -> HttpResponse:
    """Somebody else was first: say what stands now, and give back what was typed."""
    case = access.review_request(actor_of(request), request_id)
    context = {
        "asked": case.request,
        "state": REQUEST_STATES[case.request.state],
        "offense": offense_label(case.request.offense),
        "typed": typed,
    }
    return render(request, "review/overtaken.html", context, status=409)
