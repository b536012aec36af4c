"""Following an invitation: the one form of three sides.

The page is the same for every link that opens nothing: forged, expired, used, withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from porchlight.core.errors import NotFound, Refused
from porchlight.server.accounts.passwords import MOST_CHARACTERS, HashedPassword, chosen
from porchlight.server.ui.forms import add_reasons

if TYPE_CHECKING:
    from porchlight.server.accounts.models import User


class JoinForm(forms.Form):
    """Who the person is, and their password."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=MOST_CHARACTERS,
        strip=False,
        help_text=_("At least 12 characters. A few words are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@dataclass(frozen=True)
class Invited:
    """What the page says of an invitation. `roles` are words."""

    email: str
    name: str
    where: str | Promise
    roles: tuple[str | Promise, ...] = ()


Find = Callable[[str], Invited]
Accept = Callable[..., "User"]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str, *, find: Find, accept: Accept) -> HttpResponse:
    """Show an invitation and take it up.

    `find(token)` raises NotFound for a link that opens nothing; so does `accept(token=, name=, password=, by=)`.
    """
    try:
        invited = find(token)
    except NotFound:
        return render(request, "accounts/join_gone.html", status=404)
    form = JoinForm(request.POST or None, initial={"name": invited.name})
    if request.method == "POST" and form.is_valid():
        user = _accepted(form, token, invited, accept)
        if user is not None:
            _sign_in(request, user)
            return redirect("mfa_index")
    facts = {"form": form, "invited": invited}
    return render(request, "accounts/join.html", facts, status=422 if form.errors else 200)


def _accepted(form: JoinForm, token: str, invited: Invited, accept: Accept) -> User | None:
    given: dict[str, Any] = form.cleaned_data
    try:
        password: HashedPassword = chosen(given["password"], email=invited.email, name=given["name"])
    except ValidationError as error:
        form.add_error("password", error)
        return None
    try:
        return accept(token=token, name=given["name"], password=password, by=None)
    except Refused as refusal:
        add_reasons(form, refusal.reasons, {})
        return None


def _sign_in(request: HttpRequest, user: User) -> None:
    """Whoever chose the password just now need not type it again to set up the second step."""
    get_adapter().login(request, user)
    record_authentication(request, user, method="password", email=user.email, reauthenticated=True)
