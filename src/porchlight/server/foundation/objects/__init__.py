"""The object store: ciphertext only, under random names; in a directory or in a bucket.

Invariants: what `append` has returned for is durable, and stands at its offset for every process that asks; a name is
never reused; a reader never sees a part that was not yet acknowledged.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from porchlight.server.config.errors import SettingError
from porchlight.server.foundation.objects.directory import DirectoryStore
from porchlight.server.foundation.objects.store import ObjectStore, OffsetMismatch

__all__ = ["DirectoryStore", "ObjectStore", "OffsetMismatch", "object_store", "store_of"]


@cache
def object_store() -> ObjectStore:
    """The store that PORCHLIGHT_STORAGE_URL names. Raises SettingError where the setting cannot be read."""
    return store_of(settings.PORCHLIGHT.storage_url)


def store_of(url: str) -> ObjectStore:
    """The store of a `file:///…` or `s3://bucket?…` address. Raises SettingError."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return DirectoryStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        # An installation with a directory never loads the client of the other.
        from porchlight.server.foundation.objects.bucket import read_bucket  # noqa: PLC0415 - as said above
        from porchlight.server.foundation.objects.s3 import BucketStore  # noqa: PLC0415 - as above

        return BucketStore(read_bucket(url))
    raise SettingError("PORCHLIGHT_STORAGE_URL must begin with file:/// or s3://")
