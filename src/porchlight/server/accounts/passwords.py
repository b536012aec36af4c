"""Choosing a password outside a form of the sign-in framework."""

from __future__ import annotations

from typing import NewType

from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import make_password

from porchlight.server.accounts.models import User

HashedPassword = NewType("HashedPassword", str)
MOST_CHARACTERS = 256


def chosen(password: str, *, email: str, name: str) -> HashedPassword:
    """The password's hash, made before a transaction begins: it takes its time on purpose.

    Raises ValidationError with everything that is wrong with the password.
    """
    get_adapter().clean_password(password, user=User(email=email, display_name=name))
    return HashedPassword(make_password(password))
