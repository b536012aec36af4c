"""The grant: how a household keeps the key of one of its clips. Sealed to the household and its recovery identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from porchlight.seal import fields
from porchlight.seal.errors import SealError
from porchlight.seal.keys import Identity, Signature, read_identity
from porchlight.seal.manifest import Manifest, read_manifest
from porchlight.seal.padding import padded, unpadded
from porchlight.seal.sealing import seal_bytes

KIND: Final = "grant"
MAX_NOTE: Final = 800
FIELDS: Final = frozenset({"clip_secret", "manifest", "manifest_key", "manifest_signature"})


@dataclass(frozen=True, slots=True)
class Grant:
    """The clip's identity and its signed manifest; `note` is the household's own (a camera's or a file's name)."""

    clip: Identity = field(repr=False)
    manifest: Manifest
    manifest_signature: Signature
    note: str | None = None


def seal_grant(grant: Grant, recipients: Sequence[str]) -> bytes:
    """The grant as an age file for the household's recipient H and the recovery recipient R."""
    grant.manifest.check(grant.manifest_signature)
    return seal_bytes(padded(grant_document(grant)), recipients)


def grant_document(grant: Grant) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": KIND,
        "version": 1,
        "clip_secret": grant.clip.secret,
        "manifest": grant.manifest.document(),
        "manifest_key": grant.manifest_signature.key,
        "manifest_signature": grant.manifest_signature.signature,
    }
    if grant.note is not None:
        made["note"] = fields.line(grant.note, at_most=MAX_NOTE)
    return made


def read_grant(data: bytes) -> Grant:
    """The grant of opened bytes, its manifest's signature checked. Raises SealError."""
    found = fields.document(unpadded(data), kind=KIND, required=FIELDS, optional=frozenset({"note"}))
    manifest = read_manifest(found["manifest"])
    signature = Signature(key=found["manifest_key"], signature=found["manifest_signature"])
    manifest.check(signature)
    return Grant(
        clip=read_clip_secret(found["clip_secret"]),
        manifest=manifest,
        manifest_signature=signature,
        note=fields.line(found["note"], at_most=MAX_NOTE) if "note" in found else None,
    )


def read_clip_secret(value: Any) -> Identity:
    if not isinstance(value, str):
        raise SealError("malformed", "not an age identity")
    return read_identity(value)
