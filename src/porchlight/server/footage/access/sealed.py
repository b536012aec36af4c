"""What the server can know of sealed bytes without opening them: that they are whole, and an age file."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.seal.errors import SealError
from porchlight.seal.payload import MAX_HEAD, chunk_count, split_header
from porchlight.server.foundation.objects import object_store

ENVELOPE_BYTES = 64 * 1024


def check_object(name: str, *, expected_size: int, sealed_sha256: str, head: bytes) -> None:
    """Compare the object with what its sender says.

    Raises Refused: `upload_empty`, `upload_incomplete`, `upload_wrong_hash`, `upload_not_sealed`.
    """
    store = object_store()
    size = store.size(name)
    if size == 0:
        raise Refused((reason("upload_empty"),))
    if size != expected_size:
        raise Refused((reason("upload_incomplete", bytes=size, most_bytes=expected_size),))
    check_head(b"".join(store.read(name, 0, MAX_HEAD)), size, head)
    if not hmac.compare_digest(digest_of(name, size), sealed_sha256):
        raise Refused((reason("upload_wrong_hash"),))


@lru_cache(maxsize=256)
def digest_of(name: str, size: int) -> str:
    """SHA-256 of a whole object, in hexadecimal; remembered, as a name is never reused and a whole object never grows."""
    digest = hashlib.sha256()
    for piece in object_store().read(name, 0, size):
        digest.update(piece)
    return digest.hexdigest()


def check_head(beginning: bytes, size: int, head: bytes) -> None:
    """Whether the bytes begin as an age file that has this head and a payload of a possible size."""
    try:
        found = split_header(beginning)
        if found is not None and found.data == head:
            chunk_count(size - found.payload_start)
            return
    except SealError:
        pass
    raise Refused((reason("upload_not_sealed"),))


def check_small(data: bytes, most: int) -> None:
    """Whether a grant or an envelope is an age file of its usual size."""
    try:
        found = split_header(data) if len(data) <= most else None
        if found is not None:
            chunk_count(len(data) - found.payload_start)
            return
    except SealError:
        pass
    raise Refused((reason("envelope_not_sealed"),))
