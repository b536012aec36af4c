"""The consent receipt: what the owner agreed to, signed with a key made for this share alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, cast, get_args

from porchlight.seal import canonical, fields
from porchlight.seal.errors import SealError
from porchlight.seal.keys import Signature, SigningKey, read_recipient, verify

KIND: Final = "receipt"
PlaceKind = Literal["block", "exact"]
MAX_NAME: Final = 160
MAX_CONTACT: Final = 160
MAX_PLACE: Final = 200
MAX_PURPOSE: Final = 200
FIELDS: Final = frozenset(
    {
        "expires_at",
        "given_at",
        "manifest_sha256",
        "may_publish",
        "purpose",
        "recipient",
        "request",
        "salt",
        "shown",
    }
)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    kind: PlaceKind
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the owner ticked to be shown, and nothing else. All None: who shares stays unnamed."""

    name: str | None = None
    contact: str | None = None
    place: ShownPlace | None = None

    def document(self) -> dict[str, Any]:
        ticked: dict[str, Any] = {"name": self.name, "contact": self.contact}
        if self.place is not None:
            ticked["place"] = {"kind": self.place.kind, "text": self.place.text}
        return {name: value for name, value in ticked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One owner's consent: this clip, for this request, sealed to this recipient, until then.

    `salt` is 32 random bytes in hexadecimal, so that the receipt's hash, which others see, tells nothing.
    """

    request: str
    recipient: str
    manifest_sha256: str
    purpose: str
    given_at: datetime
    expires_at: datetime
    salt: str = field(repr=False)
    shown: Shown = Shown()
    may_publish: bool = False

    def document(self) -> dict[str, Any]:
        """The receipt as the object that is written as canonical JSON. Raises SealError where a field is amiss."""
        made = {
            "kind": KIND,
            "version": 1,
            "expires_at": canonical.time_text(self.expires_at),
            "given_at": canonical.time_text(self.given_at),
            "manifest_sha256": self.manifest_sha256,
            "may_publish": self.may_publish,
            "purpose": self.purpose,
            "recipient": self.recipient,
            "request": self.request,
            "salt": self.salt,
            "shown": self.shown.document(),
        }
        read_receipt(made)
        return made

    def encoded(self) -> bytes:
        return canonical.encode(self.document())

    def sha256(self) -> str:
        """SHA-256 of the canonical bytes: what custody records name."""
        return hashlib.sha256(self.encoded()).hexdigest()

    def signed(self, key: SigningKey) -> Signature:
        return key.sign(KIND, self.encoded())

    def check(self, signature: Signature) -> None:
        """Raises SealError("bad_signature") unless the signature is over exactly this receipt."""
        verify(signature, KIND, self.encoded())


def read_receipt(value: Any) -> Receipt:
    """The receipt of a parsed document. Raises SealError."""
    found = fields.document(value, kind=KIND, required=FIELDS)
    given_at, expires_at = canonical.time_from(found["given_at"]), canonical.time_from(found["expires_at"])
    if expires_at <= given_at:
        raise SealError("malformed", "the consent expires before it is given")
    return Receipt(
        request=fields.uuid(found["request"]),
        recipient=read_recipient(found["recipient"]),
        manifest_sha256=fields.hexadecimal(found["manifest_sha256"], 32),
        purpose=fields.line(found["purpose"], at_most=MAX_PURPOSE),
        given_at=given_at,
        expires_at=expires_at,
        salt=fields.hexadecimal(found["salt"], 32),
        shown=_shown(found["shown"]),
        may_publish=fields.flag(found["may_publish"]),
    )


def _shown(value: Any) -> Shown:
    found = fields.exactly(value, frozenset(), frozenset({"name", "contact", "place"}))
    place = None
    if "place" in found:
        given = fields.exactly(found["place"], frozenset({"kind", "text"}))
        kind = cast("PlaceKind", fields.one_of(given["kind"], get_args(PlaceKind)))
        place = ShownPlace(kind=kind, text=fields.line(given["text"], at_most=MAX_PLACE))
    return Shown(
        name=fields.line(found["name"], at_most=MAX_NAME) if "name" in found else None,
        contact=fields.line(found["contact"], at_most=MAX_CONTACT) if "contact" in found else None,
        place=place,
    )
