"""What the formats of the log have in common: strict base64, and one error for whatever is not in the format."""

from __future__ import annotations

import base64
import binascii

from porchlight.core.errors import PorchlightError


class MalformedNote(PorchlightError):
    """The text is not in the format, or not signed by a known key."""


def encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


def decoded(text: str) -> bytes:
    """Strict base64, so that each value has one text. Raises MalformedNote."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedNote("not base64") from error
    if encoded(value) != text:
        raise MalformedNote("not the canonical base64")
    return value
