"""The envelope: how one clip's key reaches the one request that its owner chose. Sealed to the request's identity Q.

Who shares, and all that the owner ticked, stands inside only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from porchlight.seal import fields
from porchlight.seal.errors import SealError
from porchlight.seal.grant import read_clip_secret
from porchlight.seal.keys import Identity, Signature
from porchlight.seal.manifest import Manifest, read_manifest
from porchlight.seal.padding import padded, unpadded
from porchlight.seal.receipt import Receipt, read_receipt
from porchlight.seal.sealing import seal_bytes

KIND: Final = "envelope"
FIELDS: Final = frozenset(
    {
        "clip_secret",
        "manifest",
        "manifest_key",
        "manifest_signature",
        "receipt",
        "receipt_key",
        "receipt_signature",
    }
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The clip's identity, its signed manifest, and the owner's signed consent."""

    clip: Identity = field(repr=False)
    manifest: Manifest
    manifest_signature: Signature
    receipt: Receipt
    receipt_signature: Signature

    def check(self) -> None:
        """Raises SealError unless both signatures hold and the receipt names this manifest."""
        self.manifest.check(self.manifest_signature)
        self.receipt.check(self.receipt_signature)
        if self.receipt.manifest_sha256 != self.manifest.sha256():
            raise SealError("other_clip", "the receipt names another manifest")


def seal_envelope(envelope: Envelope) -> bytes:
    """The envelope as an age file for the recipient that its receipt names, and for no other."""
    envelope.check()
    return seal_bytes(padded(envelope_document(envelope)), [envelope.receipt.recipient])


def envelope_document(envelope: Envelope) -> dict[str, Any]:
    return {
        "kind": KIND,
        "version": 1,
        "clip_secret": envelope.clip.secret,
        "manifest": envelope.manifest.document(),
        "manifest_key": envelope.manifest_signature.key,
        "manifest_signature": envelope.manifest_signature.signature,
        "receipt": envelope.receipt.document(),
        "receipt_key": envelope.receipt_signature.key,
        "receipt_signature": envelope.receipt_signature.signature,
    }


def read_envelope(data: bytes, *, request: str, recipient: str) -> Envelope:
    """The envelope of opened bytes, checked whole: signatures, clip, and that it was made for this request and key.

    Raises SealError, "other_request" and "other_recipient" among its codes.
    """
    found = fields.document(unpadded(data), kind=KIND, required=FIELDS)
    envelope = Envelope(
        clip=read_clip_secret(found["clip_secret"]),
        manifest=read_manifest(found["manifest"]),
        manifest_signature=Signature(key=found["manifest_key"], signature=found["manifest_signature"]),
        receipt=read_receipt(found["receipt"]),
        receipt_signature=Signature(key=found["receipt_key"], signature=found["receipt_signature"]),
    )
    envelope.check()
    if envelope.receipt.request != request:
        raise SealError("other_request", "the consent is for another video request")
    if envelope.receipt.recipient != recipient:
        raise SealError("other_recipient", "the consent is for another key")
    return envelope
