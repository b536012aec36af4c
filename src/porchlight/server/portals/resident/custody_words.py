"""What became of a share, in words for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.server.disclosures.access import CustodyLine

_EVENTS: dict[str, str | Promise] = {
    "shared": gettext_lazy("You shared it"),
    "key_opened": gettext_lazy("Got the key to open it"),
    "ciphertext_fetched": gettext_lazy("Fetched the locked video"),
    "opened": gettext_lazy("Opened it"),
    "played": gettext_lazy("Played it"),
    "downloaded": gettext_lazy("Saved a copy"),
    "verified": gettext_lazy("Checked that it is unchanged"),
    "mismatch": gettext_lazy("Found that the copy was not the same"),
    "withdrawn": gettext_lazy("You took it back"),
    "expired": gettext_lazy("Its time here ran out"),
    "revoked": gettext_lazy("The review desk took the approval back"),
    "deleted": gettext_lazy("The copy here was deleted"),
}


@dataclass(frozen=True)
class Line:
    """One act. `how` says who saw it happen."""

    at: datetime
    what: str | Promise
    who: str
    how: str


def described(line: CustodyLine) -> Line:
    """The act in words; one that nobody foresaw is shown by its name, never left out."""
    if line.actor == "owner":
        who, how = _("You"), ""
    elif line.actor == "platform":
        who, how = _("Porchlight"), ""
    else:
        who = line.name or _("An officer")
        how = _("Seen by our server") if line.seen_by_server else _("Told by the officer's browser")
    return Line(line.at, _EVENTS.get(line.event, line.event), who, how)
