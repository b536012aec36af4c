"""Objects in a bucket of S3, or of any store that speaks its language.

An object grows as a multipart upload and becomes one plain object when it is whole (see `growing`), so what is stored
is byte for byte what was sealed, can be read in ranges, and is copied without passing through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from porchlight.core.errors import NotFound
from porchlight.server.config.errors import SettingError
from porchlight.server.foundation.objects.bucket import Bucket
from porchlight.server.foundation.objects.growing import Growing, Shelf, is_gone
from porchlight.server.foundation.objects.store import PIECE, OffsetMismatch, checked, new_name

LEAST_PART = 5 * 1024 * 1024
PART = 8 * 1024 * 1024
MOST_LOOSE = 32
_RESUMES = 3
_NAMED = re.compile(r"[0-9a-f]{32}(?=/|$)")


class BucketStore:
    """Objects below the prefix of one bucket, which keeps no old versions of them."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self.shelf = Shelf(bucket)

    def create(self) -> str:
        name = new_name()
        self.shelf.put(name, "/upload", b"")
        return name

    def append(self, name: str, offset: int, parts: Iterable[bytes], limit: int) -> int:
        found = self.shelf.look(checked(name))
        size = found if isinstance(found, int) else found.size
        if size != offset:
            raise OffsetMismatch(size)
        if isinstance(found, int):
            if size < limit:
                raise ValueError("an object that was read is whole and takes no more")
            return size
        buffer = bytearray()
        for part in parts:
            room = limit - found.size - len(buffer)
            buffer += part[:room]
            if found.in_loose + len(buffer) >= PART:
                self._take_up(name, found, buffer)
            if len(part) > room:
                break
        return self._put_by(name, found, buffer, limit)

    def size(self, name: str) -> int:
        found = self.shelf.look(checked(name))
        return found if isinstance(found, int) else found.size

    def read(self, name: str, start: int, end: int) -> Iterator[bytes]:
        if start >= end:
            self.size(name)
            return iter(())
        body = self._get(checked(name), start, end)
        if body is None:
            self._make_whole(name)
            body = self._get(name, start, end)
        if body is None:
            raise NotFound
        return self._pieces(name, body, start, end)

    def copy(self, name: str) -> str:
        self._make_whole(checked(name))
        copy = new_name()
        self.bucket.client.copy_object(**self.shelf.key(copy), CopySource=self.shelf.key(name))
        return copy

    def delete(self, name: str) -> None:
        found = self.shelf.sizes(checked(name))
        if found.get("/upload"):
            self.shelf.abort(name, self.shelf.upload_of(name))
        # The mark that says there is an object goes last: a deletion that breaks off is found by the next.
        self.shelf.remove(name, [rest for rest in found if rest != "/upload"])
        self.shelf.remove(name, ["/upload"] if "/upload" in found else [])

    def names(self) -> Iterator[str]:
        pages = self.bucket.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket.name, Prefix=self.bucket.prefix
        )
        keys = (each["Key"][len(self.bucket.prefix) :] for page in pages for each in page.get("Contents", []))
        named = (found[0] for key in keys if (found := _NAMED.match(key)))
        yield from (name for name, _ in groupby(named))

    def where(self, name: str) -> str:
        return f"s3://{self.bucket.name}/{self.shelf.key(checked(name))['Key']}"

    def check(self) -> None:
        bucket = self.bucket
        try:
            bucket.client.head_bucket(Bucket=bucket.name)
        except ClientError as error:
            code = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            if is_gone(error):
                text = f"there is no bucket {bucket.name}: create it, or name another"
            else:
                text = f"the store does not let these credentials use the bucket {bucket.name} (HTTP {code})"
            raise SettingError(f"PORCHLIGHT_STORAGE_URL: {text}") from error
        except (BotoCoreError, ValueError) as error:
            raise SettingError(f"PORCHLIGHT_STORAGE_URL: {error}") from error

    def clear_unfinished(self, begun_before: datetime) -> int:
        left = [
            (name, upload)
            for name, upload in self.shelf.uploads_before(begun_before)
            if self.shelf.upload_of(name) != upload
        ]
        for name, upload in left:
            self.shelf.abort(name, upload)
        return len(left)

    def _put_by(self, name: str, growing: Growing, buffer: bytearray, limit: int) -> int:
        """Make what the buffer holds durable: as the end of the object, as a part, or as loose bytes."""
        size = growing.size + len(buffer)
        if size == limit:
            self._end(name, growing, buffer)
        elif growing.in_loose + len(buffer) >= LEAST_PART:
            self._take_up(name, growing, buffer)
        elif buffer:
            self._lay_loose(name, growing, bytes(buffer))
        return size

    def _take_up(self, name: str, growing: Growing, buffer: bytearray) -> None:
        """One part of the loose bytes and the buffer, which is empty then."""
        loose = list(growing.loose)
        self.shelf.add_part(name, growing, self._loose(name, loose) + bytes(buffer))
        buffer.clear()
        self.shelf.remove(name, [_rest(offset) for offset, _size in loose])

    def _lay_loose(self, name: str, growing: Growing, data: bytes) -> None:
        """Small bytes after small bytes are put together now and then, so that their number stays small."""
        if len(growing.loose) < MOST_LOOSE:
            self.shelf.put(name, _rest(growing.size), data)
            return
        (first, _size), *others = growing.loose
        self.shelf.put(name, _rest(first), self._loose(name, growing.loose) + data)
        self.shelf.remove(name, [_rest(offset) for offset, _size in others])

    def _loose(self, name: str, loose: list[tuple[int, int]]) -> bytes:
        return b"".join(self.shelf.get(name, _rest(offset)) for offset, _size in loose)

    def _make_whole(self, name: str) -> None:
        """End the growth of an object that nobody adds to any more. Raises NotFound."""
        found = self.shelf.look(name)
        if isinstance(found, Growing):
            self._end(name, found, bytearray())

    def _end(self, name: str, growing: Growing, buffer: bytearray) -> None:
        if growing.parts:
            if growing.loose or buffer:
                self._take_up(name, growing, buffer)  # the last part may be small
            self.shelf.complete(name, growing)
        else:
            self.shelf.put(name, "", self._loose(name, growing.loose) + bytes(buffer))
            if growing.upload:
                self.shelf.abort(name, growing.upload)
        self.shelf.remove(name, [rest for rest in self.shelf.sizes(name) if rest])

    def _get(self, name: str, start: int, end: int) -> Any:
        """The body of that range; b"" behind the object's end; None where there is no whole object."""
        try:
            answer = self.bucket.client.get_object(**self.shelf.key(name), Range=f"bytes={start}-{end - 1}")
        except ClientError as error:
            if is_gone(error):
                return None
            if error.response.get("Error", {}).get("Code") == "InvalidRange":
                return b""
            raise
        return answer["Body"]

    def _pieces(self, name: str, body: Any, start: int, end: int) -> Iterator[bytes]:
        """A connection that breaks in the middle is taken up where it broke."""
        at, resumed = start, 0
        while body:
            try:
                while piece := body.read(PIECE):
                    at += len(piece)
                    yield piece
            except BotoCoreError:
                resumed += 1
                if resumed > _RESUMES:
                    raise
            else:
                return
            finally:
                body.close()
            body = self._get(name, at, end)


def _rest(offset: int) -> str:
    return f"/{offset:013d}"
