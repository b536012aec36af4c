"""Looking at, and putting back, everything an object store holds, beside its own doors."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from porchlight.server.foundation.objects import DirectoryStore, ObjectStore
from porchlight.server.foundation.objects.s3 import BucketStore

Standing = dict[str, str | int]


def standing(store: ObjectStore) -> Standing:
    """Every stored file or key, and what tells whether it changed."""
    if isinstance(store, DirectoryStore):
        found = (path for path in store.root.rglob("*") if path.is_file())
        return {str(path): path.stat().st_size for path in found}
    assert isinstance(store, BucketStore)
    listed = store.bucket.client.list_objects_v2(Bucket=store.bucket.name, Prefix=store.bucket.prefix)
    assert not listed["IsTruncated"]
    return {each["Key"]: each["ETag"] for each in listed.get("Contents", [])}


def put_back(store: ObjectStore, before: Standing) -> None:
    """The store as it was when `standing` looked. Files have only grown or come; keys may be new, changed or gone."""
    now = standing(store)
    if now == before:
        return
    if isinstance(store, DirectoryStore):
        for name, size in now.items():
            if name not in before:
                Path(name).unlink()
            elif size != before[name]:
                with Path(name).open("r+b") as file:
                    file.truncate(int(before[name]))
        return
    assert isinstance(store, BucketStore)
    client, bucket = store.bucket.client, store.bucket.name
    for key in now.keys() - before.keys():
        client.delete_object(Bucket=bucket, Key=key)
    for key, tag in before.items():
        if now.get(key) != tag:
            client.put_object(Bucket=bucket, Key=key, Body=_bytes_of(store, key, str(tag)))


def remember(store: ObjectStore) -> Standing:
    """`standing`, with the bytes of each key kept for `put_back`."""
    found = standing(store)
    if isinstance(store, BucketStore):
        for key, tag in found.items():
            _bytes_of(store, key, str(tag))
    return found


@cache
def _bytes_of(store: BucketStore, key: str, _tag: str) -> bytes:
    body: bytes = store.bucket.client.get_object(Bucket=store.bucket.name, Key=key)["Body"].read()
    return body


def everything(store: ObjectStore, directory: Path) -> Path:
    """A directory with all the bytes the store holds, unfinished objects included, for a search through files."""
    if isinstance(store, DirectoryStore):
        return store.root
    assert isinstance(store, BucketStore)
    directory.mkdir(parents=True)
    for key in standing(store):
        body = store.bucket.client.get_object(Bucket=store.bucket.name, Key=key)["Body"].read()
        (directory / key.replace("/", "+")).write_bytes(body)
    return directory
