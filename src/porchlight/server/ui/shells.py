"""The frame around the pages of each side: its name, its ways, its script.

A way whose address does not exist on a side is left out there, so that a side can grow page by page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type_of_text = str | Promise


@dataclass(frozen=True)
class Way:
    """One entry of the navigation. `urls` are the names to try, first found wins."""

    urls: tuple[str, ...]
    icon: str
    label: type_of_text

    def path(self, urlconf: str | None) -> str | None:
        """The address on this side, or None."""
        for name in self.urls:
            try:
                return reverse(name, urlconf=urlconf)
            except NoReverseMatch:
                continue
        return None


@dataclass(frozen=True)
class Shell:
    """What a side's frame consists of. `top`: the ways stand in a bar on top (public pages)."""

    name: type_of_text
    script: str
    ways: tuple[Way, ...]
    top: bool = False


@dataclass(frozen=True)
class Link:
    """A way as the page shows it."""

    path: str
    icon: str
    label: type_of_text
    current: bool


SHELLS = {
    "resident": Shell(
        _("Neighbors"),
        "resident",
        (
            Way(("requests",), "request", _("Requests")),
            Way(("cameras",), "camera", _("Cameras")),
            Way(("keys", "vault"), "key", _("Keys")),
            Way(("settings",), "settings", _("Settings")),
        ),
    ),
    "agency": Shell(
        _("Agency portal"),
        "agency",
        (
            Way(("requests",), "request", _("Requests")),
            Way(("shared",), "camera", _("Shared videos")),
            Way(("team",), "people", _("Team")),
            Way(("settings",), "settings", _("Settings")),
        ),
    ),
    "review": Shell(
        _("Review desk"),
        "review",
        (
            Way(("requests", "queue"), "checklist", _("Requests")),
            Way(("reports",), "flag", _("Reports")),
            Way(("record",), "log", _("Record")),
        ),
    ),
    "operator": Shell(
        _("Operator"),
        "operator",
        (
            Way(("agencies",), "agency", _("Agencies")),
            Way(("people",), "people", _("People")),
            Way(("log",), "log", _("Log")),
        ),
    ),
    "public": Shell(
        _("Public record"),
        "public",
        (
            Way(("public-agencies",), "public", _("Agencies")),
            Way(("public-requests",), "request", _("Requests")),
            Way(("public-log",), "log", _("The log")),
            Way(("about",), "info", _("About")),
        ),
        top=True,
    ),
}


def links(shell: Shell, *, urlconf: str | None, path: str) -> list[Link]:
    """The shell's ways on this side; the one that `path` lies below (the deepest) is current."""
    found = [(way, address) for way in shell.ways if (address := way.path(urlconf)) is not None]
    here = max((a for _way, a in found if path == a or path.startswith(a)), key=len, default=None)
    return [Link(address, way.icon, way.label, current=address == here) for way, address in found]


def who(request: Any) -> dict[str, Any] | None:
    """Whose page this is: `request.who` ({"name", "detail", "path"}) where a portal set it, else the account.

    None where nobody is signed in. `detail` and `path` may be left out.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    own = Way(("account", "settings", "account_email"), "person", "").path(getattr(request, "urlconf", None))
    given = getattr(request, "who", None) or {"name": getattr(user, "name", "") or user.get_username()}
    return {"detail": "", "path": own or "/", **given}
