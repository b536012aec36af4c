"""Signing in with mail address and password, each side for itself.

To whoever asks, these are one answer that takes the same time: no such account, an account of another side, a wrong
password, a locked account. Each attempt on a staff side costs one hash and one short transaction, whatever the account.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from porchlight.core.visibility import Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import User


class SideBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Knows only the accounts of the side that the request came to."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The account, or None. A locked staff account refuses its right password too; passkeys do not pass here."""
        email, password = credentials.get("email") or credentials.get("username"), credentials.get("password")
        side = getattr(request, "side", None)
        if not isinstance(side, Side) or not isinstance(email, str) or not isinstance(password, str):
            return None
        email = email.strip().lower()
        user = User.objects.filter(email=email, side=side.value).first()
        # An account that does not exist is checked too: the hash is what takes the time.
        right = (user or User(password="")).check_password(password)
        if user is not None and right and user.is_active and user.locked_at is None:
            actions.forget_wrong_passwords(side=side, email=email, by=None)
            return user
        if side is not Side.RESIDENT:
            actions.note_wrong_password(side=side, email=email, by=None)
        return None
