"""The page of a person's tokens, the same on every side: see them, make one, end one."""

from __future__ import annotations

from functools import wraps
from typing import Any, Final
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, suspend_request
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import Refused
from porchlight.core.visibility import Actor, Side
from porchlight.server.accounts.second_factor import require_fresh
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.foundation.sides import SidedRequest
from porchlight.server.tokens import access, actions
from porchlight.server.tokens.access import OFFERED, Scope
from porchlight.server.ui.forms import add_reasons

SCOPE_WORDS: Final[dict[str, Promise]] = {
    Scope.REQUESTS_READ: _("Read requests"),
    Scope.REQUESTS_WRITE: _("Write and send requests; a supervisor still signs in person"),
    Scope.SHARES_READ: _("Read the list of shared videos and who did what with them"),
    Scope.SHARES_OPEN: _("Fetch shared videos and what opens them"),
    Scope.SHARES_WRITE: _("Share videos and take them back"),
    Scope.TEAM_READ: _("Read the agency, its people and your own locked keys"),
    Scope.HOUSEHOLD_READ: _("Read your home, cameras and opt-outs"),
    Scope.HOUSEHOLD_WRITE: _("Change cameras and opt-outs"),
    Scope.CLIPS_READ: _("Fetch your locked clips"),
    Scope.CLIPS_WRITE: _("Upload and delete clips"),
    Scope.QUEUE_READ: _("Read what waits for the desk"),
    Scope.AGENCIES_READ: _("Read agencies and people"),
}
DAYS: Final = (30, 90, 365)


class PersonRequest(SidedRequest):
    """A request that the audience check let through."""

    actor: Actor


class TokenForm(forms.Form):
    """What the token is for, and how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("What will use it: “Records system”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    # None is chosen beforehand: what a token may do, and for how long, is all said by its owner.
    days = forms.TypedChoiceField(
        label=_("When does it end?"),
        coerce=int,
        help_text=_("The sooner it ends, the less a lost one can do. A new one takes a minute."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when it ends.")},
    )

    def __init__(self, side: Side, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = access.LONGEST[side].days
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(each.value, SCOPE_WORDS[each]) for each in OFFERED[side]]
        days: Any = self.fields["days"]
        days.choices = [
            (each, gettext("In %(days)s days") % {"days": each}) for each in DAYS if each <= longest
        ]


def token_urls(audience: Audience) -> list[URLPattern]:
    """The page's addresses: `urlpatterns = [*token_urls(Audience.OFFICER), …]`."""
    # Each side's view is one of its own: the audience is written on it.
    views = {name: _own(view) for name, view in (("show", _show), ("make", _make), ("end", _end))}
    return [
        route("tokens/", views["show"], audience=audience, name="tokens"),
        route("tokens/make/", views["make"], audience=audience, name="token-make"),
        route("tokens/<uuid:token_id>/end/", views["end"], audience=audience, name="token-end"),
    ]


def in_words(found: tuple[access.TokenEntry, ...]) -> list[dict[str, Any]]:
    """Tokens with what they may do in words; those that work first."""
    rows = [
        {"token": each, "scopes": [SCOPE_WORDS.get(scope, scope) for scope in each.scopes]} for each in found
    ]
    return sorted(rows, key=lambda row: not row["token"].works)


def _own(view: Any) -> Any:
    @wraps(view)
    def own(request: PersonRequest, *given: Any, **named: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *given, **named)
        return answer

    return own


@require_safe
def _show(request: PersonRequest) -> HttpResponse:
    return _page(request, TokenForm(request.side))


@require_POST
def _make(request: PersonRequest) -> HttpResponse:
    """Ask for the password or the second factor again, then make it; its secret is on this one answer and nowhere else."""
    made: HttpResponse = _confirmed(request)
    return made


@require_POST
def _end(request: PersonRequest, token_id: UUID) -> HttpResponse:
    actions.revoke_token(token_id=token_id, by=request.actor)
    messages.success(request, gettext("The token has ended. Nothing can use it any more."))
    return redirect("tokens")


def _confirmed(request: PersonRequest) -> HttpResponse:
    if request.side is not Side.RESIDENT:
        made: HttpResponse = require_fresh(_made)(request)
        return made
    if not did_recently_reauthenticate(request):
        return suspend_request(request, reverse("account_reauthenticate"))  # type: ignore[no-any-return]  # allauth carries no types
    return _made(request)


def _made(request: Any) -> HttpResponse:
    form = TokenForm(request.side, request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        made = actions.make_token(
            name=given["name"], scopes=given["scopes"], days=given["days"], by=request.actor
        )
    except Refused as refusal:
        add_reasons(form, refusal.reasons, {"text": "name", "token_scopes": "scopes", "token_days": "days"})
        return _page(request, form)
    return render(request, "api/made.html", {"made": made, "back": "tokens"}, status=201)


def _page(request: HttpRequest, form: TokenForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    facts = {"rows": in_words(access.tokens_of(actor)), "form": form}
    return render(request, "api/tokens.html", facts, status=422 if form.errors else 200)
