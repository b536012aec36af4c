"""How long a session holds, and what a staff account needs before it may act.

- Staff: 30 minutes without activity or 12 hours since sign-in end the session; the person signs in again and returns
  to the page, where the form's draft still is.
- Staff: until the account has a second factor, and this session passed it, `request.actor` is nobody and no page opens
  but those that set one up.
- Everybody: a closed account, an account of another side, or a sign-in that was ended from another browser is signed
  out at once.

What a signed-in person gets is never stored by a cache on the way.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import access, actors, languages, sign_ins
from porchlight.server.accounts.models import User
from porchlight.server.foundation import clock
from porchlight.server.foundation.edge import wants_json
from porchlight.server.foundation.routing import OPEN

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
NEW = timedelta(minutes=5)
_NOTED_EVERY = timedelta(seconds=30)
_BEGAN, _SEEN, _FACTOR = "porchlight_began_at", "porchlight_seen_at", "porchlight_second_factor"
_SET_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
    }
)


def begin(request: HttpRequest, user: User) -> None:
    """Stamp a session in which somebody just signed in."""
    moment = clock.now().timestamp()
    request.session[_BEGAN] = request.session[_SEEN] = moment
    if user.side != Side.RESIDENT.value:
        request.session.set_expiry(0)
    sign_ins.begin(request=request, user=user)


def is_new(request: HttpRequest) -> bool:
    """Whether the sign-in was in the last five minutes."""
    began = request.session.get(_BEGAN)
    return isinstance(began, float) and 0 <= clock.now().timestamp() - began < NEW.total_seconds()


def second_factor_passed(request: HttpRequest, *, again: bool = False) -> None:
    """Note that this session passed the second factor; `again` when it was asked for a second time, for an act."""
    request.session[_FACTOR] = True
    if again:
        request.session[access.CONFIRMED_AT] = clock.now().timestamp()


class SessionRulesMiddleware:
    """Sets `request.actor` (of `Role.ANYONE` where nobody acts), `request.who` for the frame, language and time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        state = _state_of(request)
        nobody = Actor(request.side, Role.ANYONE)  # type: ignore[attr-defined]
        _set(request, "actor", state if isinstance(state, Actor) else nobody)
        _set(request, "session_rule", state if isinstance(state, str) else "")
        _describe(request)
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view answer."""
        audience = getattr(view, "audience", None)
        if audience is None or audience in OPEN:
            return None
        if request.session_rule == "set_up":  # type: ignore[attr-defined]
            match = request.resolver_match
            return None if match is not None and match.url_name in _SET_UP else _set_up(request)
        if not request.user.is_authenticated:
            return _sign_in_again(request)
        return None


def _state_of(request: HttpRequest) -> Actor | str | None:
    """The actor; or "set_up"; or why the session just ended ("idle", "long", "ended"); or None for nobody."""
    user = request.user
    if not user.is_authenticated:
        return None
    staff = user.side != Side.RESIDENT.value
    protected = staff and access.has_second_factor(user)
    over = _over(request, user, protected=protected) or ("" if sign_ins.stands(request) else "ended")
    if over:
        logout(request)
        return over
    _note_activity(request)
    if staff and not protected:
        return "set_up"
    actor = actors.resolve(user)
    return actor and replace(
        actor,
        second_factor=bool(request.session.get(_FACTOR)),
        fresh_factor=access.recently_confirmed(request),
    )


def _over(request: HttpRequest, user: User, *, protected: bool) -> str:
    """Why the session may not go on, or empty."""
    if user.side != request.side.value:  # type: ignore[attr-defined]
        return "ended"
    if user.side == Side.RESIDENT.value:
        return ""
    moment = clock.now().timestamp()
    began, seen = request.session.get(_BEGAN), request.session.get(_SEEN)
    if not isinstance(began, float) or not isinstance(seen, float):
        return "ended"
    if moment - began >= ABSOLUTE.total_seconds():
        return "long"
    if moment - seen >= IDLE.total_seconds():
        return "idle"
    # The second factor was set up in another session since: this one never passed it.
    return "ended" if protected and not request.session.get(_FACTOR) else ""


def _note_activity(request: HttpRequest) -> None:
    """Noted at most twice a minute, so that reading pages does not write to the database each time."""
    moment, seen = clock.now().timestamp(), request.session.get(_SEEN)
    if not isinstance(seen, float) or abs(moment - seen) >= _NOTED_EVERY.total_seconds():
        request.session[_SEEN] = moment


def _describe(request: HttpRequest) -> None:
    timezone.deactivate()
    user = request.user
    if not user.is_authenticated:
        return
    actor: Actor = request.actor  # type: ignore[attr-defined]
    detail = SimpleLazyObject(lambda: "" if Role.ANYONE in actor.roles else actors.detail_of(actor))
    _set(request, "who", {"name": user.name, "detail": detail})
    languages.use(request, user)
    if user.timezone:
        timezone.activate(zoneinfo.ZoneInfo(user.timezone))


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back to where the person was; a script is told the address instead."""
    rule = request.session_rule  # type: ignore[attr-defined]
    words = {
        "idle": gettext(
            "You were away for 30 minutes, so we signed you out. What you typed is kept in this tab."
        ),
        "long": gettext(
            "You were signed in for 12 hours. Sign in again; what you typed is kept in this tab."
        ),
        "ended": gettext("Sign in again to go on."),
    }.get(rule)
    redirect = redirect_to_login(_page_of(request), resolve_url(settings.LOGIN_URL))
    if wants_json(request):
        reasons = [{"code": "signed_out", "text": words or gettext("Sign in to go on.")}]
        return JsonResponse({"refused": reasons, "sign_in": redirect.url}, status=401)
    if words:
        messages.info(request, words)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": redirect.url})
    return redirect


def _set_up(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        text = gettext("Add a second step to your sign-in first.")
        refused = [{"code": "second_factor_needed", "text": text}]
        return JsonResponse({"refused": refused, "set_up": reverse("mfa_index")}, status=403)
    messages.info(request, gettext("Your account needs a second step to sign in before you can go on."))
    return HttpResponseRedirect(reverse("mfa_index"))


def _page_of(request: HttpRequest) -> str:
    """The page the person looks at: what was sent or fetched from it by script has no page of its own."""
    if request.method == "GET" and not wants_json(request) and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host():
        return "/"
    return f"{referer.path}?{referer.query}" if referer.query else referer.path


def _set(request: HttpRequest, name: str, value: Any) -> None:
    setattr(request, name, value)
