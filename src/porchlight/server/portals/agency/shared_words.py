"""Custody in words for the agency: what was done, by whom, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.server.disclosures.access import CustodyLine

_BY_OFFICER: dict[str, Promise] = {
    "key_opened": gettext_lazy("Key handed to %(name)s"),
    "ciphertext_fetched": gettext_lazy("Sealed video fetched by %(name)s"),
    "opened": gettext_lazy("Opened by %(name)s"),
    "played": gettext_lazy("Played by %(name)s"),
    "downloaded": gettext_lazy("Original saved by %(name)s"),
    "verified": gettext_lazy("Fingerprint checked by %(name)s: it matches"),
    "mismatch": gettext_lazy("Fingerprint checked by %(name)s: it does not match"),
}
_OTHERS: dict[str, Promise] = {
    "shared": gettext_lazy("Shared by the owner for this request"),
    "withdrawn": gettext_lazy("Taken back by the owner"),
    "expired": gettext_lazy("Its time here ended"),
    "revoked": gettext_lazy("Ended: the approval of the request was taken back"),
    "deleted": gettext_lazy("Deleted here"),
}


@dataclass(frozen=True)
class Line:
    """One act. `seen`: the server saw it itself; else the officer's browser says so. `entry` begins its hash."""

    number: int
    at: datetime
    what: str
    seen: bool
    entry: str


def described(line: CustodyLine) -> Line:
    """The act in words; one that nobody foresaw is shown by its name, never left out."""
    text = _BY_OFFICER.get(line.event) or _OTHERS.get(line.event) or line.event
    what = str(text) % {"name": line.name or _("an officer")} if line.event in _BY_OFFICER else str(text)
    return Line(line.number, line.at, what, line.seen_by_server, line.hash[:8])
