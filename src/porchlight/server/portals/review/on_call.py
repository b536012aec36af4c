"""Who is on call, and who is on it when a life is said to be in danger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import Conflict, Refused
from porchlight.core.localtime import to_instant
from porchlight.core.reasons import Reason
from porchlight.server.on_call import access, actions
from porchlight.server.portals.review.queue import actor_of
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.reasons import text_of

_FIELDS = {"shift": "ends_at", "time": "starts_at", "moment": "starts_at"}


class ShiftForm(forms.Form):
    """From when to when, in the reviewer's own time."""

    starts_at = forms.CharField(
        label=gettext_lazy("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.CharField(
        label=gettext_lazy("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Raises Refused for what is no time; of a time that comes twice the first is meant."""
        given = self.cleaned_data
        return to_instant(given["starts_at"], zone, 0), to_instant(given["ends_at"], zone, 0)


class WebhookForm(forms.Form):
    """Where else to page."""

    url = forms.CharField(
        label=gettext_lazy("Address of your webhook"),
        help_text=gettext_lazy(
            "It begins with https://. It gets a signed message that something waits, and no case."
        ),
        max_length=400,
        widget=forms.URLInput(attrs={"autocomplete": "off", "class": "mono"}),
    )


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The rota of the coming two weeks, and how this reviewer is reached."""
    return _page(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Be on call from then till then."""
    form, zone = ShiftForm(request.POST), _zone(request)
    if form.is_valid():
        try:
            starts_at, ends_at = form.moments(zone)
            actions.add_shift(by=actor_of(request), starts_at=starts_at, ends_at=ends_at)
        except Refused as refused:
            add_reasons(form, refused.reasons, _FIELDS)
        except OverflowError:
            form.add_error("starts_at", text_of(Reason("time_not_readable")))
        else:
            messages.success(request, _("You are on call then."))
            return redirect("on-call")
    return _page(request, form=form, status=422)


@require_POST
def remove(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Take back an own shift that has not begun."""
    return _acted(
        request,
        lambda: actions.remove_shift(by=actor_of(request), shift_id=shift_id),
        _("Your shift is gone."),
    )


@require_POST
def take_over(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Be on call in another's place."""
    return _acted(
        request,
        lambda: actions.take_over(by=actor_of(request), shift_id=shift_id),
        _("You are on call in their place. They get a mail."),
    )


@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Set the webhook, or be paged by mail alone."""
    actor = actor_of(request)
    if "forget" in request.POST:
        actions.forget_webhook(by=actor)
        messages.success(request, _("You are paged by mail alone."))
        return redirect("on-call")
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            actions.set_webhook(by=actor, url=form.cleaned_data["url"])
        except Refused as refused:
            add_reasons(form, refused.reasons, {"webhook": "url"})
        else:
            messages.success(request, _("The webhook is set. Its secret is on this page."))
            return redirect("on-call")
    return _page(request, hook=form, status=422)


@require_POST
def acknowledge(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """I am on it."""
    return _answer(
        request,
        request_id,
        lambda: actions.acknowledge(by=actor_of(request), request_id=request_id),
        lambda: _on_it(waiting_for(request, request_id)),
    )


def _on_it(awaited: access.Awaited | None) -> str:
    if awaited is not None and awaited.lacking:
        return _(
            "You are on it. Two reviewers decide this one, so others are paged until one more is on it too."
        )
    return _("You are on it. Nobody else is paged.")


@require_POST
def hand_on(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """I cannot: the next one."""
    return _answer(
        request,
        request_id,
        lambda: actions.hand_on(by=actor_of(request), request_id=request_id),
        lambda: _("The next reviewer is asked now. Nobody will ask you why."),
    )


def _answer(
    request: HttpRequest, request_id: UUID, act: Callable[[], object], said: Callable[[], str]
) -> HttpResponse:
    try:
        act()
    except (Refused, Conflict):
        messages.info(request, text_of(Reason("alarm_over")))
        return redirect("requests")
    messages.success(request, said())
    return redirect("request", request_id)


def _acted(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except (Refused, Conflict):
        messages.error(request, text_of(Reason("shift_moved_on")))
    else:
        messages.success(request, said)
    return redirect("on-call")


def _page(
    request: HttpRequest,
    *,
    form: ShiftForm | None = None,
    hook: WebhookForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    reach = access.own_reach(actor)
    zone = _zone(request)
    context = {
        "rota": access.rota(actor),
        "form": form or ShiftForm(),
        "hook": hook or WebhookForm(initial={"url": reach.url if reach else ""}),
        "reach": reach,
        "said": text_of(Reason(reach.said)) if reach and reach.said else "",
        "zone": zone.key,
    }
    with timezone.override(zone):
        return render(request, "review/on_call.html", context, status=status)


def _zone(request: HttpRequest) -> ZoneInfo:
    """The reviewer's own zone, UTC where they told none."""
    name = getattr(request.user, "timezone", "")
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


def waiting_for(request: HttpRequest, request_id: UUID) -> access.Awaited | None:
    """Who is on this request, if somebody was paged for it."""
    return access.awaited(actor_of(request), [request_id]).get(request_id)
