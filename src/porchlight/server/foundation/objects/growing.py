"""An object of a bucket while it grows: what stands of it, read from the bucket itself by whoever asks.

| key | is |
|---|---|
| `NAME` | the whole object; while this stands, nothing else counts |
| `NAME/upload` | says that the object was made; holds the id of its multipart upload once there is one |
| `NAME/0000008388608` | bytes from that offset that are too few for a part: S3 takes none under 5 MiB but the last |

Invariants: the parts of the multipart upload come first, in order; loose bytes follow without a gap. Loose bytes whose
offset lies before the end of the parts (or of looser ones before them) were taken up already and count for nothing, so
a process may die between taking them up and removing them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from porchlight.core.errors import NotFound
from porchlight.server.foundation.objects.bucket import Bucket

_GONE = frozenset({"NoSuchKey", "NoSuchUpload", "NotFound", "404"})


def is_gone(error: ClientError) -> bool:
    """Whether the store says that there is no such object or upload."""
    return error.response.get("Error", {}).get("Code", "") in _GONE


@dataclass
class Growing:
    """What stands of an object that is not whole. `parts`: tag and size each. `loose`: offset and size each."""

    upload: str = ""
    parts: list[tuple[str, int]] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)

    @property
    def in_parts(self) -> int:
        return sum(size for _tag, size in self.parts)

    @property
    def in_loose(self) -> int:
        return sum(size for _offset, size in self.loose)

    @property
    def size(self) -> int:
        return self.in_parts + self.in_loose


class Shelf:
    """The bucket's keys and multipart uploads, one request each."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    def key(self, name: str, rest: str = "") -> dict[str, str]:
        """Where an object, or one of its loose pieces, lies."""
        return {"Bucket": self.bucket.name, "Key": f"{self.bucket.prefix}{name}{rest}"}

    def look(self, name: str) -> int | Growing:
        """The size of a whole object, or what stands of a growing one. Raises NotFound."""
        found = self.sizes(name)
        if "" in found:
            return found[""]
        if "/upload" not in found:
            raise NotFound
        growing = Growing()
        if found["/upload"]:
            growing.upload = self.upload_of(name)
            growing.parts = self._parts(name, growing.upload)
        end = growing.in_parts
        for offset, size in sorted(
            (int(rest[1:]), size) for rest, size in found.items() if rest[1:].isdigit()
        ):
            if offset == end:
                growing.loose.append((offset, size))
                end += size
        return growing

    def sizes(self, name: str) -> dict[str, int]:
        """What follows the name in each of its keys, and how many bytes lie there."""
        start = f"{self.bucket.prefix}{name}"
        pages = self.bucket.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket.name, Prefix=start
        )
        return {
            each["Key"][len(start) :]: each["Size"] for page in pages for each in page.get("Contents", [])
        }

    def get(self, name: str, rest: str) -> bytes:
        body: bytes = self.bucket.client.get_object(**self.key(name, rest))["Body"].read()
        return body

    def upload_of(self, name: str) -> str:
        """The multipart upload that the object refers to; empty where it has none or is gone."""
        try:
            return self.get(name, "/upload").decode()
        except ClientError as error:
            if not is_gone(error):
                raise
            return ""

    def put(self, name: str, rest: str, data: bytes) -> None:
        self.bucket.client.put_object(**self.key(name, rest), Body=data)

    def add_part(self, name: str, growing: Growing, data: bytes) -> None:
        """The next part of the multipart upload, which begins with the first."""
        if not growing.upload:
            growing.upload = self.bucket.client.create_multipart_upload(**self.key(name))["UploadId"]
            self.put(name, "/upload", growing.upload.encode())
        done = self.bucket.client.upload_part(
            **self.key(name), UploadId=growing.upload, PartNumber=len(growing.parts) + 1, Body=data
        )
        growing.parts.append((done["ETag"], len(data)))
        growing.loose = []

    def complete(self, name: str, growing: Growing) -> None:
        """Make the parts one object; that another process did so meanwhile is fine."""
        parts = [{"PartNumber": n, "ETag": tag} for n, (tag, _size) in enumerate(growing.parts, 1)]
        try:
            self.bucket.client.complete_multipart_upload(
                **self.key(name), UploadId=growing.upload, MultipartUpload={"Parts": parts}
            )
        except ClientError as error:
            if not is_gone(error) or "" not in self.sizes(name):
                raise

    def remove(self, name: str, rests: list[str]) -> None:
        """Delete keys of an object; absent ones are fine."""
        # One by one: for many at once stores disagree about the checksum that must come along.
        for rest in rests:
            self.bucket.client.delete_object(**self.key(name, rest))

    def abort(self, name: str, upload: str) -> None:
        """Give a multipart upload up and free its parts; an absent one is fine."""
        try:
            self.bucket.client.abort_multipart_upload(**self.key(name), UploadId=upload)
        except ClientError as error:
            if not is_gone(error):
                raise

    def uploads_before(self, moment: datetime) -> list[tuple[str, str]]:
        """Name and id of each multipart upload below the prefix that was begun before `moment`."""
        prefix = self.bucket.prefix
        pages = self.bucket.client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self.bucket.name, Prefix=prefix
        )
        found: list[dict[str, Any]] = [each for page in pages for each in page.get("Uploads", [])]
        return [
            (each["Key"][len(prefix) :], each["UploadId"]) for each in found if each["Initiated"] < moment
        ]

    def _parts(self, name: str, upload: str) -> list[tuple[str, int]]:
        pages = self.bucket.client.get_paginator("list_parts").paginate(**self.key(name), UploadId=upload)
        try:
            return [(each["ETag"], each["Size"]) for page in pages for each in page.get("Parts", [])]
        except ClientError as error:
            if is_gone(error):
                raise NotFound from error
            raise
