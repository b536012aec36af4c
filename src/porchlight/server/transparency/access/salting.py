"""The form of what is hashed: canonical JSON, and a salted hash in place of what is hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from porchlight.seal import canonical


def salted(nonce: bytes, value: Any) -> str:
    """SHA-256 over the nonce and the canonical JSON of the value, in hexadecimal."""
    return hashlib.sha256(nonce + canonical.encode(plain(value))).hexdigest()


def plain(value: Any) -> Any:
    """The value in the terms of canonical JSON, which knows no fractions and no types beyond JSON's."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return canonical.time_text(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, UUID | date):
        return str(value)
    return str(value) if isinstance(value, str) else value
