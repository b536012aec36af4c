"""In which language a person reads: what an account says, else what was chosen in this browser, else what it asks for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from porchlight.server.accounts.models import User


def known(language: str) -> bool:
    """Whether Porchlight speaks it."""
    return language in dict(settings.LANGUAGES)


def current() -> str:
    """The language that is spoken right now, as an account keeps it."""
    language = translation.get_language() or ""
    return language if known(language) else settings.LANGUAGE_CODE


def use(request: HttpRequest, user: User) -> None:
    """Speak the account's language for the rest of this request, whatever the browser asks for."""
    if known(user.language):
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
