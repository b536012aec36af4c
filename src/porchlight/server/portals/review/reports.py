"""Reports of improper requests: what an owner says of a request, never who says it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.visibility import Action
from porchlight.server.consent import access as consent
from porchlight.server.consent import actions as consent_actions
from porchlight.server.portals.review.forms import ReasonForm
from porchlight.server.portals.review.queue import actor_of
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.words import offense_label
from porchlight.server.video_requests import access, actions

_WHY: dict[str, Promise] = {
    "not_true": gettext_lazy("The owner says that the facts are not true."),
    "too_wide": gettext_lazy("The owner says that it asks for too much."),
    "about_speech": gettext_lazy("The owner says that it is about protest, speech or worship."),
    "about_a_person": gettext_lazy("The owner says that it is aimed at a person or a group."),
    "other": gettext_lazy("The owner gives another reason."),
}


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """A page of the open reports, each beside the request it is about."""
    return _page(request)


@require_POST
def resolve(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """It holds (then the approval is taken back, with a public reason) or the request is proper and goes on."""
    actor = actor_of(request)
    report = consent.open_report(actor, report_id)
    answer = request.POST.get("answer")
    if answer == "dismissed":
        consent_actions.resolve_report(by=actor, report_id=report_id, upheld=False)
        messages.success(request, _("The request is proper and goes on."))
        return HttpResponseRedirect(reverse("reports"))
    form = ReasonForm(request.POST, prefix=str(report_id))
    if answer != "upheld":
        form.add_error(None, _("Choose an answer."))
        return _page(request, form, status=422)
    asked = access.review_request(actor, report.request_id).request
    if access.may(actor, Action.REQUEST_REVOKE, asked):
        if not form.is_valid():
            return _page(request, form, status=422)
        reason = form.cleaned_data["public_reason"]
        try:
            actions.revoke(by=actor, request_id=report.request_id, public_reason=reason)
        except Refused as refused:
            add_reasons(form, refused.reasons, {"text": "public_reason"})
            return _page(request, form, status=422)
        except Conflict:
            messages.info(request, _("The request had ended already."))
    consent_actions.resolve_report(by=actor, report_id=report_id, upheld=True)
    messages.success(request, _("The report holds. The approval is taken back."))
    return HttpResponseRedirect(reverse("reports"))


def _page(request: HttpRequest, failed: ReasonForm | None = None, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found = []
    page = consent.open_reports(actor, request.GET.get("after", ""))
    for each in page:
        try:
            case = access.review_request(actor, each.request_id)
        except NotFound:
            continue
        form = (
            failed
            if failed is not None and failed.prefix == str(each.id)
            else ReasonForm(prefix=str(each.id))
        )
        found.append(
            {
                "report": each,
                "why": _WHY.get(each.reason, each.reason),
                "case": case,
                "offense": offense_label(case.request.offense),
                "form": form,
                "may_take_back": access.may(actor, Action.REQUEST_REVOKE, case.request),
            }
        )
    return render(request, "review/reports.html", {"reports": found, "page": page}, status=status)
