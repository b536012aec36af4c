"""What became of a share, in words for its owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.server.disclosures.access import CustodyLine
from porchlight.server.ui.text import moment_text

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

# What an owner wants to know first, the weightiest first.
_LOOKED: dict[str, str | Promise] = {
    "downloaded": gettext_lazy("%(who)s opened it and saved a copy on %(when)s."),
    "key_opened": gettext_lazy("%(who)s opened it on %(when)s."),
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


def looked(lines: Iterable[CustodyLine]) -> list[str]:
    """Who saved a copy, and when, a sentence for each; where nobody did, who opened it. Empty before anybody had the key."""
    found = list(lines)
    for event, words in _LOOKED.items():
        first: dict[str, CustodyLine] = {}
        for line in found:
            if line.event == event:
                first.setdefault(line.name, line)
        if first:
            return [
                str(words) % {"who": line.name or _("An officer"), "when": moment_text(line.at, short=True)}
                for line in first.values()
            ]
    return []
