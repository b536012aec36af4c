"""The secret of a token: `porchlight_`, 43 letters of base64url over 256 random bits, and a checksum of 6.

The prefix lets scanners of leaked secrets recognise it; the checksum lets them, and us, pass over what is none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from porchlight.server.foundation import randomness

PREFIX: Final = "porchlight_"
_SHAPE: Final = re.compile(PREFIX + r"([A-Za-z0-9_-]{43})([a-f0-9]{6})")
_RANDOM_BYTES: Final = 32


def new_secret() -> str:
    """A fresh secret from the server's randomness."""
    body = base64.urlsafe_b64encode(randomness.token_bytes(_RANDOM_BYTES)).decode().rstrip("=")
    return f"{PREFIX}{body}{_checksum(body)}"


def is_plausible(text: str) -> bool:
    """Whether a text has the shape of a secret, checksum included."""
    found = _SHAPE.fullmatch(text)
    return found is not None and _checksum(found[1]) == found[2]


def kept(secret: str) -> str:
    """What is kept of a secret. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(body: str) -> str:
    return hashlib.sha256(f"{PREFIX}{body}".encode()).hexdigest()[:6]
