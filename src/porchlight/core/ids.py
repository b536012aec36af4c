"""Identifiers that tell nothing: not how many there are, not when they were made, not in which order."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

BytesSource = Callable[[int], bytes]
"""A source of randomness: called with a number of bytes, returns that many."""

ID_BYTES = 16


def random_id(source: BytesSource) -> UUID:
    """A version 4 UUID from `source`. Raises ValueError if the source gives too few bytes."""
    drawn = source(ID_BYTES)
    if len(drawn) != ID_BYTES:
        raise ValueError(f"an id needs {ID_BYTES} random bytes")
    return UUID(bytes=drawn, version=4)
