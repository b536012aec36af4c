"""Second looks: approvals that the public log drew, for another reviewer to judge once more."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.core.errors import Conflict, Refused
from porchlight.core.reasons import Reason
from porchlight.core.second_look import LookResult, LookState
from porchlight.server.portals.review.forms import DecisionForm
from porchlight.server.portals.review.queue import actor_of
from porchlight.server.portals.review.summary import bounds_of
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.reasons import text_of
from porchlight.server.ui.words import offense_label
from porchlight.server.video_requests import access, actions

_FIELDS = {"reviewer_declared_conflict": "ties", "verdict": "result", "text": "public_reason"}


class LookForm(DecisionForm):
    """The desk's own checklist, and what one would have decided."""

    verdict = None  # type: ignore[assignment]  # another question stands in its place
    round = None  # type: ignore[assignment]
    result = forms.ChoiceField(
        label=gettext_lazy("What would you have decided?"),
        choices=[
            (LookResult.AGREED.value, gettext_lazy("Approve it too")),
            (LookResult.WOULD_REFUSE.value, gettext_lazy("Return or reject it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    field_order = (*DecisionForm.QUESTIONS, "result", "public_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["public_reason"]
        reason.required = True
        reason.help_text = gettext_lazy("One to three plain sentences. Everybody reads them.")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What was drawn and waits, the oldest first."""
    page = access.looks_for(actor_of(request), request.GET.get("after", ""))
    rows = [{"row": each, "offense": offense_label(each.request.offense)} for each in page]
    return render(request, "review/looks.html", {"rows": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """One of them: the request as it was sent, and the same questions."""
    actor = actor_of(request)
    case = access.look_for(actor, look_id)
    if request.method != "POST":
        return _page(request, case, LookForm())
    form = LookForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    act = actions.reconsider if case.look.state == LookState.PAUSED else actions.answer_look
    try:
        act(
            by=actor,
            look_id=look_id,
            result=form.cleaned_data["result"],
            checklist=form.checklist(),
            public_reason=form.cleaned_data["public_reason"],
        )
    except Refused as refused:
        add_reasons(form, refused.reasons, _FIELDS)
        return _page(request, case, form, status=422)
    except Conflict as conflict:
        form.add_error(None, text_of(Reason(str(conflict))))
        return _page(request, access.look_for(actor, look_id), form, status=409)
    messages.success(request, _("Your answer is recorded. It is public."))
    return HttpResponseRedirect(reverse("looks"))


def _page(request: HttpRequest, case: access.LookCase, form: LookForm, *, status: int = 200) -> HttpResponse:
    asked = case.request
    context = {
        "case": case,
        "asked": asked,
        "offense": offense_label(asked.offense),
        "area": case.area,
        "bounds": bounds_of(case.checks),
        "paused": case.look.state == LookState.PAUSED,
        "open": case.may_answer or case.may_reconsider,
        "form": form,
    }
    with timezone.override(ZoneInfo(asked.agency.timezone)):
        return render(request, "review/look.html", context, status=status)
