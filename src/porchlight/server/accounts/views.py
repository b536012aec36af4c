"""Where somebody is signed in: the same page on every side."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.server.accounts import sign_ins
from porchlight.server.accounts.models import User


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All sign-ins of the account, this one marked."""
    found = sign_ins.listed(request)
    return render(request, "accounts/sign_ins.html", {"devices": found, "others": len(found) > 1})


@require_POST
def end(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """End one. Another person's is absent."""
    sign_ins.end(request=request, sign_in_id=sign_in_id)
    messages.success(request, _("That sign-in has ended."))
    return redirect("account_sign_ins")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    sign_ins.end_others(request=request, user=cast("User", request.user))
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("account_sign_ins")
