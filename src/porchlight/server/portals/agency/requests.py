"""The agency's own requests: the list by case, and one with all that its people may know of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import Conflict
from porchlight.core.lifecycle import RequestState
from porchlight.core.places import read_area
from porchlight.core.reasons import Reason
from porchlight.core.visibility import Action
from porchlight.server.portals.agency.headers import actor_of, agency_page
from porchlight.server.portals.agency.requests_rules import next_words, panel, steps
from porchlight.server.ui import words
from porchlight.server.ui.reasons import text_of
from porchlight.server.video_requests import access, actions

_EDITABLE = {RequestState.DRAFT, RequestState.RETURNED}


@agency_page
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """A page of the requests by case. No count of anything but the agency's own requests."""
    actor = actor_of(request)
    page = access.cases_of(actor, request.GET.get("after", ""))
    to_sign = [row(each) for each in access.to_sign(actor)] if not page.after else []
    above = {each["request_id"] for each in to_sign}
    cases = [
        {"number": case.number, "requests": rows}
        for case in page.rows
        if (rows := [row(each) for each in case.requests if each.pk not in above])
    ]
    return render(request, "agency/requests/list.html", {"cases": cases, "to_sign": to_sign, "page": page})


@agency_page
@require_safe
def show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: where it is, what it says, what the rules say, and what this person can do."""
    return page(request, access.request_for(actor_of(request), request_id))


@agency_page
@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take the request back."""
    try:
        actions.withdraw(by=actor_of(request), request_id=request_id)
    except Conflict:
        return _moved_on(request, request_id)
    messages.success(request, _("The request is withdrawn. Owners can no longer share anything for it."))
    return redirect("request", request_id)


@agency_page
@require_POST
def discard(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Delete a draft that was never sent."""
    try:
        actions.discard(by=actor_of(request), request_id=request_id)
    except Conflict:
        return _moved_on(request, request_id)
    messages.success(request, _("The draft is deleted."))
    return redirect("requests")


def page(request: HttpRequest, asked: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a request; `more` adds to what the template knows."""
    actor = actor_of(request)
    context = {
        **row(asked),
        "asked": asked,
        "area": read_area(asked.area) if asked.area else None,
        "requester": access.person(asked.created_by),
        "signer": access.person(asked.signed_by) if asked.signed_by else None,
        "steps": steps(actor, asked),
        "next": next_words(asked.state),
        "may_edit": access.may(actor, Action.REQUEST_CHANGE, asked),
        "may_withdraw": asked.submitted_at is not None and access.may(actor, Action.REQUEST_WITHDRAW, asked),
        "paused": asked.state == RequestState.APPROVED and access.is_paused(asked.pk),
        "may_discard": asked.state == RequestState.DRAFT,
        # Whoever may send it back may sign it too, once the second factor is passed again.
        "may_sign": access.may(actor, Action.REQUEST_SEND_BACK, asked),
        **panel(
            access.checks_of(actor, asked),
            access.draft_of(asked),
            was_sent=asked.state not in _EDITABLE,
        ),
        **more,
    }
    return render(request, "agency/requests/show.html", context, status=status)


def row(asked: Any) -> dict[str, Any]:
    """What a list says of a request."""
    label, tone, icon = words.REQUEST_STATES[asked.state]
    return {
        "request_id": asked.pk,
        "asked": asked,
        "state_label": label,
        "state_tone": tone,
        "state_icon": icon,
        "offense": words.offense_label(asked.offense) if asked.offense else _("No offense type yet"),
    }


def conflict_text(conflict: Conflict) -> str:
    """Why somebody else's change stands, in words."""
    return text_of(Reason(str(conflict)))


def _moved_on(request: HttpRequest, request_id: UUID) -> HttpResponse:
    messages.error(request, conflict_text(Conflict("request_moved_on")))
    return redirect("request", request_id)
