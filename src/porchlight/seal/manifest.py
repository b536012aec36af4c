"""The manifest: what one clip is, signed with a key made for this clip alone.

It holds nothing of the camera, the place or the household, so it may go to an agency as it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal, cast, get_args

from porchlight.seal import canonical, fields
from porchlight.seal.errors import SealError
from porchlight.seal.keys import Signature, SigningKey, verify
from porchlight.seal.sealing import SealedFile

KIND: Final = "manifest"
Made = Literal["captured", "imported", "uploaded"]
MediaType = Literal[
    "video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "video/mp2t", "video/x-msvideo"
]
_OBJECT: Final = frozenset({"plain_sha256", "plain_size", "sealed_sha256", "sealed_size"})
FIELDS: Final = frozenset(
    {"clip", "clock_error_ms", "ends_at", "made", "media_type", "original", "preview", "starts_at"}
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One clip. `starts_at`, `ends_at` and `clock_error_ms` are None where nobody knows them (an uploaded file)."""

    clip: str
    original: SealedFile
    media_type: MediaType
    made: Made
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    clock_error_ms: int | None = None
    preview: SealedFile | None = None

    def document(self) -> dict[str, Any]:
        """The manifest as the object that is written as canonical JSON. Raises SealError where a field is amiss."""
        made = {
            "kind": KIND,
            "version": 1,
            "clip": self.clip,
            "clock_error_ms": self.clock_error_ms,
            "ends_at": self.ends_at and canonical.time_text(self.ends_at),
            "made": self.made,
            "media_type": self.media_type,
            "original": asdict(self.original),
            "preview": self.preview and asdict(self.preview),
            "starts_at": self.starts_at and canonical.time_text(self.starts_at),
        }
        read_manifest(made)
        return made

    def encoded(self) -> bytes:
        return canonical.encode(self.document())

    def sha256(self) -> str:
        """SHA-256 of the canonical bytes: what a receipt names."""
        return hashlib.sha256(self.encoded()).hexdigest()

    def signed(self, key: SigningKey) -> Signature:
        return key.sign(KIND, self.encoded())

    def check(self, signature: Signature) -> None:
        """Raises SealError("bad_signature") unless the signature is over exactly this manifest."""
        verify(signature, KIND, self.encoded())


def read_manifest(value: Any) -> Manifest:
    """The manifest of a parsed document. Raises SealError."""
    found = fields.document(value, kind=KIND, required=FIELDS)
    clock_error = found["clock_error_ms"]
    starts_at, ends_at = _time(found["starts_at"]), _time(found["ends_at"])
    if starts_at and ends_at and ends_at < starts_at:
        raise SealError("malformed", "the clip ends before it starts")
    return Manifest(
        clip=fields.uuid(found["clip"]),
        original=_object(found["original"]),
        media_type=cast("MediaType", fields.one_of(found["media_type"], get_args(MediaType))),
        made=cast("Made", fields.one_of(found["made"], get_args(Made))),
        starts_at=starts_at,
        ends_at=ends_at,
        clock_error_ms=None if clock_error is None else fields.whole(clock_error),
        preview=None if found["preview"] is None else _object(found["preview"]),
    )


def _object(value: Any) -> SealedFile:
    found = fields.exactly(value, _OBJECT)
    return SealedFile(
        plain_sha256=fields.hexadecimal(found["plain_sha256"], 32),
        plain_size=fields.whole(found["plain_size"]),
        sealed_sha256=fields.hexadecimal(found["sealed_sha256"], 32),
        sealed_size=fields.whole(found["sealed_size"]),
    )


def _time(value: Any) -> datetime | None:
    return None if value is None else canonical.time_from(value)
