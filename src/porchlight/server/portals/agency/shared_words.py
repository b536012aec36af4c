"""Custody in words for the agency: what was done, by whom, and how it is known."""

from __future__ import annotations

import json
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


def script_texts() -> str:
    """The sentences of the page's script, as JSON; `{name}` stands for a value."""
    return json.dumps({name: str(text) for name, text in _SCRIPT.items()}, ensure_ascii=False)


_SCRIPT: dict[str, Promise] = {
    "unlocking": gettext_lazy("Unlocking your key: {percent} %"),
    "opening": gettext_lazy("Opening the video"),
    "problem": gettext_lazy("The video could not be opened"),
    "empty_passphrase": gettext_lazy("Enter the six words of your evidence key."),
    "wrong_passphrase": gettext_lazy(
        "These are not the words of your evidence key. Check them and try again."
    ),
    "other_recipient": gettext_lazy(
        "This video is sealed to a key that you do not have. Ask the officer who asked, or an evidence custodian."
    ),
    "wrong_key": gettext_lazy(
        "Your key does not open this video. Ask the officer who asked, or an evidence custodian."
    ),
    "tampered": gettext_lazy(
        "A part of the sealed video was changed or is missing. Do not rely on it. Tell the operator."
    ),
    "bad_signature": gettext_lazy(
        "A signature on this video does not hold. Do not rely on it. Tell the operator."
    ),
    "other_clip": gettext_lazy(
        "The file is not the one that its owner signed. Do not rely on it. Tell the operator."
    ),
    "other_request": gettext_lazy("The owner's consent is for another request. It was not opened."),
    "malformed": gettext_lazy(
        "What arrived cannot be read. Load the page again; if it stays so, tell the operator."
    ),
    "gone": gettext_lazy("The video is not here any more. Load the page again to see why."),
    "offline": gettext_lazy("The server could not be reached. Nothing was lost; try again."),
    "locked": gettext_lazy("Your key is locked again. Enter your passphrase to go on."),
    "other": gettext_lazy("This did not work. Load the page again; if it stays so, tell the operator."),
    "no_time": gettext_lazy("Time of filming not known"),
    "made_captured": gettext_lazy("Recorded by a home hub"),
    "made_imported": gettext_lazy("Imported from a recorder"),
    "made_uploaded": gettext_lazy("Uploaded by the owner"),
    "name": gettext_lazy("Name"),
    "unnamed": gettext_lazy("The owner shares without a name"),
    "contact": gettext_lazy("Contact"),
    "place_exact": gettext_lazy("Filmed at"),
    "place_block": gettext_lazy("Filmed on the block"),
    "filmed": gettext_lazy("Filmed"),
    "clock": gettext_lazy("Camera clock"),
    "clock_value": gettext_lazy("off by {seconds} seconds"),
    "purpose": gettext_lazy("Shared for"),
    "until": gettext_lazy("Until"),
    "publish": gettext_lazy("May you publish it?"),
    "publish_yes": gettext_lazy("Yes, the owner ticked that"),
    "publish_no": gettext_lazy("No"),
    "consent": gettext_lazy("Consent"),
    "consent_signed": gettext_lazy("Given {when}. The signature holds."),
    "checking": gettext_lazy("Checking the fingerprint: {percent} %"),
    "matches": gettext_lazy("The video matches its fingerprint"),
    "differs": gettext_lazy("The video does not match its fingerprint"),
    "not_checked": gettext_lazy("The fingerprint could not be checked. Try again."),
}
