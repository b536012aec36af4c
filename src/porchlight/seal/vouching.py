"""A household's word for something that the server keeps for it, such as the recipient of its recovery identity.

Only who holds the household's secret can make or check a tag, so the server cannot put in a key of its own.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def vouch(secret: str, purpose: str, text: str) -> str:
    """HMAC-SHA256 of `purpose`, a line feed and `text`, in hexadecimal, under a key derived from an identity's secret."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"porchlight/vouch/v1")
    return hmac.new(kdf.derive(secret.encode()), f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()


def vouched(secret: str, purpose: str, text: str, tag: str) -> bool:
    return hmac.compare_digest(vouch(secret, purpose, text).encode(), tag.encode())
