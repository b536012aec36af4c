"""Where somebody is signed in, and ending it.

The row is the sign-in: a session whose row is gone is signed out at its next request, whatever its cookie says. A
session from before there were rows gets one at its first request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.http import HttpRequest

from porchlight.core.errors import NotFound
from porchlight.server.accounts import devices
from porchlight.server.accounts.models import SignIn, User
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action

NOTED_EVERY = timedelta(minutes=5)
_KEY = "porchlight_sign_in"
_FORGOTTEN_AFTER = timedelta(days=31)


@dataclass(frozen=True)
class Device:
    """One sign-in, as its owner sees it. `seen_at` is right to five minutes."""

    id: UUID
    browser: str
    system: str
    began_at: datetime
    seen_at: datetime
    this: bool


def listed(request: HttpRequest) -> tuple[Device, ...]:
    """Where the account is signed in: this browser first, then the last seen."""
    own = current(request)
    rows = SignIn.objects.filter(user_id=_person(request).pk).order_by("-seen_at", "id")
    found = [
        Device(each.pk, each.browser, each.system, each.began_at, each.seen_at, this=each.pk == own)
        for each in rows
    ]
    return tuple(sorted(found, key=lambda each: not each.this))


def current(request: HttpRequest) -> UUID | None:
    """The sign-in that this session belongs to, whether or not it still stands."""
    try:
        return UUID(hex=str(request.session[_KEY]))
    except (KeyError, ValueError):
        return None


def stands(request: HttpRequest) -> bool:
    """Whether this session may go on; notes that it was seen, at most every five minutes."""
    own = current(request)
    if own is None:
        begin(request=request, user=_person(request))
        return True
    row = SignIn.objects.filter(pk=own, user_id=_person(request).pk).first()
    if row is None:
        return False
    if clock.now() - row.seen_at >= NOTED_EVERY:
        _note_seen(sign_in=row)
    return True


@action("account.begin_sign_in")
def begin(*, request: HttpRequest, user: User) -> None:
    """Somebody signs in, in this browser."""
    browser, system = devices.named(request.headers.get("User-Agent", ""))
    row = SignIn.objects.create(user_id=user.pk, browser=browser, system=system)
    request.session[_KEY] = row.pk.hex


@action("account.end_sign_in")
def end(*, request: HttpRequest, sign_in_id: UUID) -> None:
    """End one of the own sign-ins. Raises NotFound."""
    deleted, _ = SignIn.objects.filter(pk=sign_in_id, user_id=_person(request).pk).delete()
    if not deleted:
        raise NotFound


@action("account.end_other_sign_ins")
def end_others(*, request: HttpRequest, user: User) -> None:
    """End all sign-ins of the account but that of this browser."""
    own = current(request)
    found = SignIn.objects.filter(user_id=user.pk)
    (found if own is None else found.exclude(pk=own)).delete()


@action("account.end_sign_ins")
def end_all(*, user: User) -> None:
    """End every sign-in of an account: it was closed, removed from its household, or lost its second step."""
    SignIn.objects.filter(user=user).delete()


@action("account.sign_out")
def end_this(*, request: HttpRequest, user: User) -> None:
    """The person signed out here."""
    own = current(request)
    if own is not None:
        SignIn.objects.filter(pk=own, user_id=user.pk).delete()


@action("account.forget_sign_ins")
def forget(*, now: datetime) -> None:
    """Drop what was not seen for longer than any session lasts."""
    SignIn.objects.filter(seen_at__lt=now - _FORGOTTEN_AFTER).delete()


def _person(request: HttpRequest) -> User:
    """Who is signed in; the routes are for nobody else."""
    return cast("User", request.user)


@action("account.seen")
def _note_seen(*, sign_in: SignIn) -> None:
    SignIn.objects.filter(pk=sign_in.pk).update(seen_at=clock.now())
