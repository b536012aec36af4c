"""The sign-in framework's pages, mounted at `account/` on every side.

urlpatterns = [*account_urls(Side.AGENCY), …]
"""

from __future__ import annotations

from allauth.account.urls import urlpatterns as account_patterns
from allauth.mfa.urls import urlpatterns as factor_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.core.visibility import Side
from porchlight.server.accounts import views
from porchlight.server.accounts.language_choice import language_urls
from porchlight.server.foundation.masking import masked
from porchlight.server.foundation.routing import Audience, declared, route

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


_FORM = require_http_methods(["GET", "HEAD", "POST"])


def account_urls(side: Side) -> list[URLPattern | URLResolver]:
    """Sign-in, password, second factor, language; sign-up and change of address for residents only."""
    patterns = [*account_patterns, path("second-step/", include(list(factor_patterns)))]
    return [*_sign_ins(), path("account/", include(_declared(patterns, side))), *language_urls]


def _sign_ins() -> list[URLPattern | URLResolver]:
    own = Audience.SIGNED_IN
    return [
        route("account/sign-ins/", views.listing, audience=own, name="account_sign_ins"),
        route(
            "account/sign-ins/end-others/", views.end_others, audience=own, name="account_sign_ins_end_others"
        ),
        route("account/sign-ins/<uuid:sign_in_id>/end/", views.end, audience=own, name="account_sign_in_end"),
    ]


def _declared(patterns: list[URLPattern | URLResolver], side: Side) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found.append(URLResolver(masked(entry.pattern), _declared(entry.url_patterns, side)))
            continue
        instead = None if side is Side.RESIDENT else _STAFF_INSTEAD.get(str(entry.name))
        audience = Audience.ANYONE if entry.name in _ANYONE else Audience.SIGNED_IN
        view = instead or _FORM(entry.callback)  # a PUT would do what a POST does
        found += declared([URLPattern(entry.pattern, view, name=entry.name)], audience)
    return found


def _absent(_request: HttpRequest, **_named: str) -> HttpResponse:
    raise Http404


@require_safe
def _own_account(_request: HttpRequest) -> HttpResponse:
    return redirect("mfa_index")


# A staff account's address is the one that was invited. The names stay: the framework's pages ask for them.
_STAFF_INSTEAD = {
    "account_signup": _absent,
    "account_email": _own_account,
    "account_email_verification_sent": _absent,
    "account_confirm_email": _absent,
}
