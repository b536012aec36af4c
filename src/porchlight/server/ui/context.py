"""What every page knows: its side's frame, the theme, whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from porchlight.server.ui import shells

_THEMES = {"light", "dark"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor.

    `languages`: code and own name of each that the page is not in.
    `shell` and `public_shell`: name, script, top, links (path, icon, label, current), who. A visitor of the residents'
    side who is not signed in gets the public frame; of another side, a frame without ways.
    """
    theme = request.COOKIES.get("theme", "")
    return {
        "shell": SimpleLazyObject(lambda: _frame(request, _key(request))),
        "public_shell": SimpleLazyObject(lambda: _frame(request, "public")),
        "languages": [(code, name) for code, name in settings.LANGUAGES if code != get_language()],
        "theme": theme if theme in _THEMES else "",
        "demo": bool(getattr(getattr(settings, "PORCHLIGHT", None), "demo", False)),
    }


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def _key(request: HttpRequest) -> str:
    side = str(getattr(request, "side", "resident"))
    return "public" if side == "resident" and not _signed_in(request) else side


def _frame(request: HttpRequest, key: str) -> dict[str, Any]:
    frame = shells.SHELLS[key]
    urlconf = getattr(request, "urlconf", None)
    open_to_all = key == "public" or _signed_in(request)
    return {
        "key": key,
        "name": frame.name,
        "script": frame.script,
        "top": frame.top,
        "links": shells.links(frame, urlconf=urlconf, path=request.path) if open_to_all else [],
        "who": shells.who(request),
        "who_icon": "agency" if key == "agency" else "person",
    }
