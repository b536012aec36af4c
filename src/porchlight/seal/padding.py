"""Padding of what is sealed, so that its size tells nothing of what is in it.

The canonical JSON is followed by spaces, which every JSON parser passes over, up to a multiple of BLOCK.
"""

from __future__ import annotations

from typing import Any, Final

from porchlight.seal import canonical
from porchlight.seal.errors import SealError

BLOCK: Final = 4096


def padded(value: Any) -> bytes:
    data = canonical.encode(value)
    return data + b" " * (-len(data) % BLOCK)


def unpadded(data: bytes) -> Any:
    if not data or len(data) % BLOCK:
        raise SealError("malformed", "not padded to whole blocks")
    return canonical.decode(data.rstrip(b" "))
