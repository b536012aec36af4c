"""Writing a request: everything typed comes back on every answer, and a draft is kept before anything is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.core.errors import Conflict, Refused
from porchlight.core.policy import Check, danger_reasons
from porchlight.core.reasons import Reason
from porchlight.core.visibility import Action
from porchlight.server.foundation.edge import wants_json
from porchlight.server.portals.agency.headers import actor_of, agency_page, zone_of
from porchlight.server.portals.agency.requests import conflict_text
from porchlight.server.portals.agency.requests_form import RequestForm, initial_of
from porchlight.server.portals.agency.requests_rules import beside, panel, steps
from porchlight.server.ui.reasons import text_of
from porchlight.server.video_requests import access, actions


@agency_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A request that is not saved yet."""
    if request.method == "POST":
        return _answer(request, None)
    form = RequestForm(zone=zone_of(actor_of(request)), initial={"publish": "now"})
    draft = access.Draft()
    return _page(request, form, None, access.check(actor_of(request), draft), draft)


@agency_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A draft, or a request that was returned."""
    actor = actor_of(request)
    stored = access.request_for(actor, request_id)
    if not access.may(actor, Action.REQUEST_CHANGE, stored):
        if request.method == "POST":
            return _answer(request, stored)
        return redirect("request", request_id)
    if request.method == "POST":
        return _answer(request, stored)
    zone = zone_of(actor)
    form = RequestForm(zone=zone, initial=initial_of(stored, zone))
    draft = access.draft_of(stored)
    return _page(request, form, stored, access.check(actor, draft, request_id), draft)


@agency_page
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The rules for what the page holds now, as a fragment: each element goes to the one of its id."""
    actor = actor_of(request)
    form = RequestForm(request.POST, zone=zone_of(actor))
    form.is_valid()
    draft = form.draft()
    checks = access.check(actor, draft, _id_in(request))
    return render(request, "agency/requests/rules.html", {**panel(checks, draft), **beside(actor, draft)})


def _answer(request: HttpRequest, stored: Any | None) -> HttpResponse:
    actor = actor_of(request)
    form = RequestForm(request.POST, zone=zone_of(actor))
    form.is_valid()
    draft = form.draft()
    request_id = stored.pk if stored else None
    if "check" in request.POST:
        checks = access.check(actor, draft, request_id)
        form.explain(_all_reasons(checks, draft))
        return _page(request, form, stored, checks, draft)
    try:
        saved = actions.save_draft(
            by=actor, draft=draft, request_id=request_id, version=form.cleaned_data.get("version")
        )
    except Refused as refused:
        form.explain(refused.reasons)
        return _refused(request, form, stored, refused.reasons, draft)
    except Conflict as conflict:
        return _overtaken(request, form, stored, conflict, draft)
    if "send" in request.POST:
        return _to_send(request, form, saved, draft)
    messages.success(request, _("The draft is saved."))
    return redirect("request-edit", saved.pk)


def _all_reasons(checks: tuple[Check, ...], draft: access.Draft) -> tuple[Reason, ...]:
    """What the rules say, and what is wrong with the reasons that two answers need."""
    broken = (reason for each in checks for reason in each.reasons)
    return (*broken, *danger_reasons(draft.facts()), *access.delay_reasons(draft))


def _to_send(request: HttpRequest, form: RequestForm, saved: Any, draft: access.Draft) -> HttpResponse:
    """The draft is saved. If all rules hold the browser may make the key and send; else the page says what to change."""
    checks = access.check(actor_of(request), draft, saved.pk)
    reasons = _all_reasons(checks, draft)
    if reasons or form.errors:
        form.explain(reasons)
        return _refused(request, form, saved, reasons, draft)
    if wants_json(request):
        where = {
            "keys": reverse("request-keys", args=[saved.pk]),
            "submit": reverse("request-submit", args=[saved.pk]),
        }
        return JsonResponse({**_kept(saved), **where})
    messages.warning(
        request,
        _(
            "The draft is saved and all rules hold. To send it, the browser has to run this page's script: it makes "
            "the key for the videos, which our server never sees."
        ),
    )
    return redirect("request-edit", saved.pk)


def _refused(
    request: HttpRequest,
    form: RequestForm,
    stored: Any | None,
    reasons: tuple[Reason, ...],
    draft: access.Draft,
) -> HttpResponse:
    if wants_json(request):
        texts = [{"code": each.code, "text": text_of(each)} for each in reasons]
        return JsonResponse({**_kept(stored), "refused": texts}, status=422)
    request_id = stored.pk if stored else None
    checks = access.check(actor_of(request), draft, request_id)
    return _page(request, form, stored, checks, draft, status=422)


def _kept(saved: Any | None) -> dict[str, Any]:
    """What the page's script goes on with: the draft as it is kept now."""
    if saved is None:
        return {}
    edit_path = reverse("request-edit", args=[saved.pk])
    return {"request": str(saved.pk), "edit": edit_path, "version": saved.version}


def _overtaken(
    request: HttpRequest, form: RequestForm, stored: Any, conflict: Conflict, draft: access.Draft
) -> HttpResponse:
    """Another window was first. What was typed stays; saved again, it replaces what the other window saved."""
    said = conflict_text(conflict)
    if wants_json(request):
        return JsonResponse({"refused": [{"code": str(conflict), "text": said}]}, status=409)
    form.add_error(None, said)
    checks = access.check(actor_of(request), draft, stored.pk)
    return _page(request, form, stored, checks, draft, status=409, overtaken=True)


def _page(
    request: HttpRequest,
    form: RequestForm,
    stored: Any | None,
    checks: Any,
    draft: access.Draft,
    *,
    status: int = 200,
    overtaken: bool = False,
) -> HttpResponse:
    actor = actor_of(request)
    agency = access.agency_of(actor)
    context = {
        "form": form.for_display(),
        "stored": stored,
        "overtaken": overtaken,
        "action": reverse("request-edit", args=[stored.pk]) if stored else reverse("request-new"),
        "version": stored.version if stored else "",
        "jurisdiction": agency.jurisdiction,
        "zone": agency.timezone,
        "has_key": access.has_own_key(actor),
        "steps": steps(actor, stored),
        "draft_name": f"request-{stored.pk}" if stored else "request-new",
        **panel(checks, draft),
        **beside(actor, draft),
    }
    return render(request, "agency/requests/edit.html", context, status=status)


def _id_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("request", ""))
    except ValueError:
        return None
