"""People for tests: made through the product's own actions, signed in as the middleware expects."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import SignIn, User
from porchlight.server.accounts.passwords import chosen
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.sides import session_cookie

PASSWORD = "three quiet lamps at dusk"
SECRET = base64.b32encode(b"porchlight-test-1234").decode()
START = datetime(2026, 3, 10, 21, 0, tzinfo=UTC)
HOSTS = {
    Side.RESIDENT: "localhost",
    Side.AGENCY: "agency.localhost",
    Side.REVIEW: "review.localhost",
    Side.OPERATOR: "operator.localhost",
}
OPERATOR = Actor(
    Side.OPERATOR, Role.OPERATOR, user_id="00000000-0000-4000-8000-000000000001", second_factor=True
)


class TestClock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def staff(email: str, side: Side = Side.REVIEW, *, factor: bool = True, name: str = "Rae Viewer") -> User:
    """A reviewer or an operator who joined."""
    user = actions.open_staff_account(
        side=side, email=email, name=name, password=chosen(PASSWORD, email=email, name=name), by=None
    )
    if factor:
        add_authenticator_app(user, SECRET)
    return user


def resident(email: str = "ann@home.example") -> User:
    """A resident whose address is verified."""
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(email, Side.RESIDENT, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def browser(side: Side, **kwargs: Any) -> Client:
    """A browser at a side's host, nobody signed in."""
    return Client(headers={"host": HOSTS[side]}, **kwargs)


def signed_in(user: User, *, factor: bool = True, confirmed: bool = False) -> Client:
    """A browser with an open session of the account on its own side."""
    side = Side(user.side)
    moment = clock.now().timestamp()
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["porchlight_side"] = side.value
    store["porchlight_began_at"] = store["porchlight_seen_at"] = moment
    with housekeeping("test"):
        store["porchlight_sign_in"] = SignIn.objects.create(user=user).pk.hex
    if factor:
        store["porchlight_second_factor"] = True
    if confirmed:
        store["porchlight_confirmed_at"] = moment
    store.save()
    client = browser(side)
    client.cookies[session_cookie(side)] = store.session_key
    return client


def log_in(client: Client, email: str, password: str, **more: str) -> Any:
    """Post the sign-in form."""
    return client.post("/account/login/", {"login": email, "password": password, **more})
