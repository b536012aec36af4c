"""The sign-in framework's pages, mounted at `account/` on every side.

urlpatterns = [*account_urls(Side.AGENCY), …]
"""

from __future__ import annotations

from typing import Any

from allauth.account.urls import urlpatterns as account_patterns
from allauth.mfa.urls import urlpatterns as factor_patterns
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path

from porchlight.core.visibility import Side
from porchlight.server.foundation.routing import Audience, declared

# Before somebody is signed in; every other page of the framework is for whoever is.
_ANYONE = frozenset(
    {
        "account_login",
        "account_signup",
        "account_inactive",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_confirm_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "account_logout",
    }
)
# A staff account's address is the one that was invited.
_RESIDENTS_ONLY = frozenset({"account_email", "account_signup"})


def account_urls(side: Side) -> list[URLPattern | URLResolver]:
    """Sign-in, password, second factor; sign-up and change of address for residents only."""
    patterns = [*account_patterns, path("second-step/", include(list(factor_patterns)))]
    return [path("account/", include(_declared(patterns, side)))]


def _declared(patterns: list[URLPattern | URLResolver], side: Side) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found.append(URLResolver(entry.pattern, _declared(entry.url_patterns, side)))
            continue
        absent = side is not Side.RESIDENT and entry.name in _RESIDENTS_ONLY
        audience = Audience.ANYONE if entry.name in _ANYONE else Audience.SIGNED_IN
        view = _absent if absent else entry.callback
        found += declared(
            [URLPattern(entry.pattern, view, name=entry.name)], Audience.ANYONE if absent else audience
        )
    return found


def _absent(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
    """A page of the residents' side that other sides do not have; its name stays, templates ask for it."""
    raise Http404
