"""From the answer of the API to one opened, checked video: what this trusts is the key on its own disk."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from porchlight.seal.envelope import Envelope
from porchlight.seal.errors import SealError
from porchlight.seal.keys import Identity
from porchlight.seal.opening import open_envelope, unwrap_identity


@dataclass(frozen=True)
class Opening:
    """An opened envelope: both signatures hold, it is for this request and key, and it names this ciphertext."""

    envelope: Envelope
    sealed_size: int
    sealed_sha256: str
    sealed_url: str


def open_answer(answer: Mapping[str, Any], share: Mapping[str, Any], own: Identity) -> Opening:
    """Open the request's key with the system's own, and the envelope with that.

    Raises SealError; "wrong_key" where no wrap is for this identity.
    """
    try:
        wraps = [
            base64.b64decode(each["wrap"]) for each in answer["wraps"] if each["recipient"] == own.recipient
        ]
        sealed = base64.b64decode(answer["envelope"])
        size, digest, path = answer["sealed_size"], answer["sealed_sha256"], answer["sealed_url"]
        request, recipient = answer["request_id"], answer["q_recipient"]
    except (KeyError, TypeError, binascii.Error, ValueError) as error:
        raise SealError("malformed", "the answer is not of the API's shape") from error
    if not wraps:
        raise SealError(
            "wrong_key", "the request was sent before this key was registered, or for another system"
        )
    if request != share["request_id"]:
        raise SealError("other_request", "the answer is about another request")
    q = unwrap_identity(wraps[0], own, recipient=recipient)
    envelope = open_envelope(sealed, q, request=request)
    original = envelope.manifest.original
    if (original.sealed_sha256, original.sealed_size) != (digest, size):
        raise SealError("other_clip", "the sealed file is not the one that its owner signed")
    if not isinstance(path, str) or not path.startswith("/"):
        raise SealError("malformed", "the sealed file has no address here")
    return Opening(envelope, size, digest, path)
