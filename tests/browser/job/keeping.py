"""Small clips in a household's vault, put there over HTTP as the pages do, for tests that are about the keys."""

from __future__ import annotations

import base64
import io
from uuid import uuid4

from porchlight.seal.grant import Grant, seal_grant
from porchlight.seal.keys import SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.sealing import seal_stream
from porchlight.walkthrough.person import Person

_TUS = {"Tus-Resumable": "1.0.0"}


def keep_clips(person: Person, count: int) -> None:
    """Each a few bytes, sealed to the household's key and recovery key, with its number as its note."""
    stored = person.get("/keys/own.json").json()
    recipients = [stored["recipient"], stored["recovery_recipient"]]
    for number in range(count):
        clip, sealed = generate_identity(), io.BytesIO()
        described, head = seal_stream(io.BytesIO(b"clip %d" % number), sealed, [clip.recipient])
        begun = person.send(
            "POST", "/uploads/", headers=_TUS | {"Upload-Length": str(described.sealed_size)}, expect=(201,)
        )
        place = begun.headers["Location"]
        kind = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        person.send("PATCH", place, headers=_TUS | kind, content=sealed.getvalue(), expect=(204,))
        manifest = Manifest(
            clip=str(uuid4()),
            original=described,
            media_type="video/mp4",
            made="uploaded",
            starts_at=None,
            ends_at=None,
            clock_error_ms=None,
        )
        grant = Grant(
            clip=clip,
            manifest=manifest,
            manifest_signature=manifest.signed(SigningKey.generate()),
            note=f"clip {number}.mp4",
        )
        given = {
            "upload_id": place.rstrip("/").rpartition("/")[2],
            "head": base64.b64encode(head).decode(),
            "sealed_sha256": described.sealed_sha256,
            "sealed_size": described.sealed_size,
            "grant": base64.b64encode(seal_grant(grant, recipients)).decode(),
            "grant_recipient": stored["recipient"],
        }
        person.send("POST", "/clips/keep/", json=given, expect=(201,))
