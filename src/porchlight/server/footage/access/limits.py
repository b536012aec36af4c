"""The numbers of product.md that bound what a household may keep and send."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings

from porchlight.seal.payload import CHUNK, MAX_HEAD, TAG

MOST_PLAIN_BYTES: Final = 2 * 1000**3
# What sealing adds: a tag for each chunk, and the head.
MOST_SEALED_BYTES: Final = MOST_PLAIN_BYTES + (MOST_PLAIN_BYTES // CHUNK + 1) * TAG + MAX_HEAD
MOST_FILES_PER_REQUEST: Final = 25
# Of all requests and for the vault; each is a file on the disk, however short it was said to be.
MOST_OPEN_UPLOADS: Final = 100
QUOTA_BYTES: Final = 50 * 1000**3
# Before the letter's code has come back anybody can claim to live anywhere: room to try it, not to fill a disk.
UNPROVEN_QUOTA_BYTES: Final = 5 * 1000**3
UPLOAD_GOOD_FOR: Final = timedelta(days=10)
CLIP_KEPT_FOR: Final = timedelta(days=30)
MOST_GRANT_BYTES: Final = 64 * 1024


def part_bytes() -> int:
    """The largest part of an upload. The web server's framework keeps a part of this size in memory, never in a file."""
    return min(8 * 1024 * 1024, settings.FILE_UPLOAD_MAX_MEMORY_SIZE) // CHUNK * CHUNK
