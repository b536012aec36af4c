"""Which mail a person gets."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from porchlight.server.notifications import actions
from porchlight.server.notifications.access.choices import choice_of
from porchlight.server.portals.resident.frame import ResidentRequest


class MailForm(forms.Form):
    """One tick for each kind."""

    requests = forms.BooleanField(
        label=gettext_lazy("When police ask for video"),
        required=False,
        help_text=gettext_lazy("One mail for each request. Without it you find requests on your home page."),
    )
    shares = forms.BooleanField(
        label=gettext_lazy("What becomes of what you shared"),
        required=False,
        help_text=gettext_lazy("When an officer first opens a video, and when it is no longer shared."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: ResidentRequest) -> HttpResponse:
    """The ticks, and what no tick turns off."""
    choice = choice_of(request.actor)
    held = {"requests": choice.requests, "shares": choice.shares}
    form = MailForm(request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. It holds for you alone, not for the others of your household."))
        return redirect("mail")
    return render(request, "resident/mail.html", {"form": form})
