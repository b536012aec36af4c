"""What the sign-in framework tells us: sessions are stamped, and on the staff sides it is recorded."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from porchlight.core.visibility import Side
from porchlight.server.accounts import access, actions, actors, sessions, sign_ins
from porchlight.server.accounts.models import User


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.begin(request, user)
    if _is_staff(user):
        methods = [
            str(each.get("type") or each["method"]) for each in get_authentication_records(request, user)
        ]
        actions.record_sign_in(user=user, methods=methods, by=actors.resolve(user))


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        sign_ins.end_this(request=request, user=user)


@receiver(account_signals.authentication_step_completed)
def _step_completed(request: HttpRequest, method: str, **facts: Any) -> None:
    if method == "mfa":
        sessions.second_factor_passed(request, again=bool(facts.get("reauthenticated")))


@receiver(mfa_signals.authenticator_added)
def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in access.SECOND_FACTORS:
        sessions.second_factor_passed(request)
    _record_factor(user, "added", authenticator)


@receiver(mfa_signals.authenticator_removed)
def _factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record_factor(user, "removed", authenticator)


@receiver(mfa_signals.authenticator_reset)
def _factor_renewed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record_factor(user, "renewed", authenticator)


@receiver(account_signals.password_changed)
def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    sign_ins.end_others(request=request, user=user)
    if _is_staff(user):
        actions.record_password(user=user, event="changed", by=actors.resolve(user))


@receiver(account_signals.password_reset)
def _password_reset(request: HttpRequest, user: User, **_: Any) -> None:
    sign_ins.end_others(request=request, user=user)
    if _is_staff(user):
        actions.record_password(user=user, event="reset", by=None)


def _record_factor(user: User, event: str, authenticator: Authenticator) -> None:
    if _is_staff(user):
        actions.record_second_factor(
            user=user, event=event, kind=str(authenticator.type), by=actors.resolve(user)
        )


def _is_staff(user: User) -> bool:
    return user.side != Side.RESIDENT.value
