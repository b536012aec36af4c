"""The settings of people who work here, alike at the review desk and the console: their clock, and the ways to the rest."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from porchlight.core.localtime import time_zones
from porchlight.server.accounts import actions
from porchlight.server.foundation.routing import Audience, route

_NEAR = ("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles")
_FAR = ("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam")


class ClockForm(forms.Form):
    """By which clock times are told."""

    timezone = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        required=True,
        help_text=gettext_lazy("Shifts and the times on your pages are told in it."),
        error_messages={"required": gettext_lazy("Choose your time zone.")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        first = [*_NEAR, *_FAR]
        others = sorted(name for name in time_zones() if "/" in name and name not in first)
        field: Any = self.fields["timezone"]
        field.choices = [
            ("", _("Choose")),
            (_("United States"), [(name, name.replace("_", " ")) for name in first]),
            (_("Others"), [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in others)]),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Any) -> HttpResponse:
    """The page; POST saves the clock."""
    user = request.user
    form = ClockForm(request.POST if request.method == "POST" else None, initial={"timezone": user.timezone})
    if form.is_valid():
        actions.choose_timezone(user_id=user.pk, timezone=form.cleaned_data["timezone"], by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("settings")
    return render(request, "ui/staff_settings.html", {"form": form}, status=422 if form.errors else 200)


def settings_urls(audience: Audience) -> list[URLPattern]:
    """For a side's addresses. Each side's view is one of its own: the audience is written on it."""

    @wraps(settings)
    def own(request: Any) -> HttpResponse:
        answer: HttpResponse = settings(request)
        return answer

    return [route("settings/", own, audience=audience, name="settings")]
