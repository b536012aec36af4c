"""Acts that need the second factor once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext

from porchlight.core.visibility import Actor
from porchlight.server.accounts import access
from porchlight.server.accounts.models import User
from porchlight.server.foundation.edge import wants_json

View = TypeVar("View", bound=Callable[..., Any])
_STEP_S = 30


def require_fresh(view: View) -> View:
    """Let a view answer only if the second factor was passed again in the last five minutes.

    Otherwise the person is asked for it and what was sent is then done, unless a script sent it: a script is told
    where to go (`{"confirm": path}`, 403).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if access.recently_confirmed(request):
            # What was asked before the confirmation goes on in the same request, whose actor is still the one before.
            actor: Actor = request.actor  # type: ignore[attr-defined]
            request.actor = replace(actor, fresh_factor=True)  # type: ignore[attr-defined]
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer
        where = _where_to_confirm(cast("User", request.user))
        if wants_json(request):
            text = gettext("Confirm with your second step first.")
            refused = [{"code": "second_factor_again", "text": text}]
            return JsonResponse({"refused": refused, "confirm": where}, status=403)
        return suspend_request(request, where)  # type: ignore[no-any-return]  # allauth carries no types

    return cast("View", guarded)


def add_authenticator_app(user: User, secret: str) -> None:
    """Give an account an authenticator app with a known secret (Base32): for demo people and rehearsals."""
    TOTP.activate(user, secret)


def code_at(secret: str, moment_s: float) -> str:
    """The six digits that an authenticator app shows at a Unix time."""
    return format_hotp_value(hotp_value(secret, int(moment_s) // _STEP_S))  # type: ignore[no-any-return]  # as above


def _where_to_confirm(user: User) -> str:
    has_app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
