"""The frame around the pages of each side: its name, its ways, its script.

A way whose address does not exist on a side is left out there, so that a side can grow page by page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Way:
    """One entry of the navigation.

    `urls`: the names to try, the first found wins. `below`: beginnings of paths that belong to it although they do not
    lie below its own.
    """

    urls: tuple[str, ...]
    icon: str
    label: Text
    below: tuple[str, ...] = ()

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

    name: Text
    script: str
    ways: tuple[Way, ...]
    top: bool = False


@dataclass(frozen=True)
class Link:
    """A way as the page shows it."""

    path: str
    icon: str
    label: Text
    current: bool


SHELLS = {
    "resident": Shell(
        _("Neighbors"),
        "resident",
        (
            Way(("requests",), "request", _("Requests"), below=("/requests/", "/shares/")),
            Way(("cameras",), "camera", _("Cameras")),
            Way(("clips",), "play", _("Clips")),
            Way(("keys",), "key", _("Keys")),
            Way(
                ("settings",),
                "settings",
                _("Settings"),
                below=("/account/", "/household/", "/opt-outs/", "/tokens/"),
            ),
        ),
    ),
    "agency": Shell(
        _("Agency portal"),
        "agency",
        (
            Way(("requests",), "request", _("Requests")),
            Way(("shared",), "camera", _("Shared videos")),
            Way(("team",), "people", _("Team")),
            Way(("settings",), "settings", _("Settings"), below=("/account/", "/keys/", "/tokens/")),
        ),
    ),
    "review": Shell(
        _("Review desk"),
        "review",
        (
            Way(("requests",), "checklist", _("Requests"), below=("/requests/",)),
            Way(("reports",), "flag", _("Reports")),
            Way(("looks",), "undo", _("Looks")),
            Way(("on-call",), "clock", _("On call")),
            Way(("record",), "log", _("Record")),
        ),
    ),
    "operator": Shell(
        _("Operator"),
        "operator",
        (
            Way(("agencies",), "agency", _("Agencies"), below=("/agencies/",)),
            Way(("people",), "people", _("People")),
            Way(("on-call",), "clock", _("On call")),
        ),
    ),
    "public": Shell(
        _("Public record"),
        "public",
        (
            Way(("public-agencies",), "public", _("Agencies")),
            Way(("public-requests",), "request", _("Requests")),
            Way(("public-desk",), "checklist", _("Review")),
            Way(("public-log",), "log", _("The log")),
            Way(("about",), "info", _("About")),
        ),
        top=True,
    ),
}


def links(shell: Shell, *, urlconf: str | None, path: str) -> list[Link]:
    """The shell's ways on this side; the one that `path` lies below (the deepest) is current."""
    found = [(way, address) for way in shell.ways if (address := way.path(urlconf)) is not None]
    lengths = {address: _belongs(way, address, path) for way, address in found}
    here = max(lengths, key=lambda address: lengths[address], default="")
    return [
        Link(address, way.icon, way.label, current=address == here and lengths[here] > 0)
        for way, address in found
    ]


def _belongs(way: Way, address: str, path: str) -> int:
    """How much of the path says that it belongs to this way; 0 if nothing does."""
    if path == address:
        return len(path) + 1
    beginnings = [*way.below, *([address] if address != "/" else [])]
    return max((len(beginning) for beginning in beginnings if path.startswith(beginning)), default=0)


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
