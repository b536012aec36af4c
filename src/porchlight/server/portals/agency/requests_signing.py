"""The supervisor's two answers. To sign, the second factor is passed again; what is signed is shown once more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.visibility import Action
from porchlight.server.accounts.second_factor import require_fresh
from porchlight.server.portals.agency.headers import actor_of, agency_page
from porchlight.server.portals.agency.requests import conflict_text, page
from porchlight.server.ui.reasons import text_of
from porchlight.server.video_requests import access, actions


@agency_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """GET asks for the second factor, then shows what is to be signed; POST signs it.

    A POST whose second factor has become too old goes back to the GET: nothing is signed unseen.
    """
    actor = actor_of(request)
    asked = access.request_for(actor, request_id)
    if request.method != "POST":
        shown: HttpResponse = _show(request, asked)
        return shown
    if actor is None or not actor.fresh_factor:
        return redirect("request-sign", request_id)
    try:
        actions.sign(by=actor, request_id=request_id, version=_version(request))
    except Refused as refused:
        return page(request, asked, status=422, refused=refused.reasons)
    except Conflict as conflict:
        return _overtaken(request, request_id, conflict)
    messages.success(request, _("You signed the request. The review desk has it now."))
    return redirect("request", request_id)


@agency_page
@require_POST
def send_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Send it back to its author with a note."""
    actor = actor_of(request)
    asked = access.request_for(actor, request_id)
    note = request.POST.get("note", "")
    try:
        actions.send_back(by=actor, request_id=request_id, note=note, version=_version(request))
    except Refused as refused:
        texts = [text_of(each) for each in refused.reasons]
        return page(request, asked, status=422, note=note, note_errors=texts)
    except Conflict as conflict:
        return _overtaken(request, request_id, conflict, note=note)
    messages.success(request, _("The request is back with its author, with your note."))
    return redirect("request", request_id)


@require_fresh
def _show(request: HttpRequest, asked: Any) -> HttpResponse:
    if not access.may(actor_of(request), Action.REQUEST_SEND_BACK, asked):
        raise NotFound
    return page(request, asked, signing=True)


def _overtaken(request: HttpRequest, request_id: UUID, conflict: Conflict, **more: Any) -> HttpResponse:
    """Somebody moved it meanwhile: the page shows what stands, and keeps what was typed."""
    messages.error(request, conflict_text(conflict))
    return page(request, access.request_for(actor_of(request), request_id), status=409, **more)


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - fits an integer
