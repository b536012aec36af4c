"""What the browsers of demo people do: make keys, lock clips, share one. The platform only ever gets what they send it."""

from __future__ import annotations

import secrets
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from porchlight.core.visibility import Actor
from porchlight.seal.envelope import Envelope, seal_envelope
from porchlight.seal.grant import Grant, seal_grant
from porchlight.seal.keys import Identity, Signature, SigningKey, generate_identity
from porchlight.seal.manifest import Made, Manifest
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.seal.receipt import Receipt, Shown
from porchlight.seal.sealing import SealedFile, seal_file, wrap_identity
from porchlight.seal.vouching import vouch
from porchlight.server.consent import access as consent
from porchlight.server.consent import actions as consent_actions
from porchlight.server.consent.actions import SealedVideo
from porchlight.server.footage import actions as footage
from porchlight.server.footage.access.limits import part_bytes
from porchlight.server.foundation import clock

_RECOVERY = "recovery-recipient"
_CLOCK_ERROR_MS = 180


@dataclass(frozen=True)
class HouseholdKeys:
    """The two recipients of every grant."""

    own: str
    recovery: str


@dataclass(frozen=True)
class _Locked:
    upload_id: UUID
    head: bytes
    described: SealedFile
    clip: Identity
    manifest: Manifest
    signature: Signature


def make_household_key(by: Actor, passphrase: str) -> HouseholdKeys:
    """H and R, with H's secret wrapped by the passphrase and to R."""
    own, recovery = generate_identity(), generate_identity()
    footage.store_key(
        by=by,
        recipient=own.recipient,
        recovery_recipient=recovery.recipient,
        wrapped_by_passphrase=wrap_identity_with_passphrase(own.secret, passphrase),
        wrapped_by_recovery=wrap_identity(own.secret, [recovery.recipient]),
        recovery_vouch=vouch(own.secret, _RECOVERY, recovery.recipient),
    )
    return HouseholdKeys(own.recipient, recovery.recipient)


def keep_clip(
    by: Actor, keys: HouseholdKeys, file: Path, starts_at: datetime, *, seconds: float, note: str
) -> None:
    """Lock a recorded clip and put it into the household's vault."""
    locked = _lock(by, file, made="captured", starts_at=starts_at, seconds=seconds)
    grant = Grant(clip=locked.clip, manifest=locked.manifest, manifest_signature=locked.signature, note=note)
    footage.keep_clip(
        by=by,
        upload_id=locked.upload_id,
        head=locked.head,
        sealed_sha256=locked.described.sealed_sha256,
        sealed_size=locked.described.sealed_size,
        grant=seal_grant(grant, [keys.own, keys.recovery]),
    )


def share_once(by: Actor, request_id: UUID, file: Path, shown: Shown, *, days: int) -> UUID:
    """Share a file with a request without a household key; returns the share's id."""
    request = consent.request_for(by, request_id).request
    locked = _lock(by, file, made="uploaded", request_id=request_id)
    receipt = Receipt(
        request=str(request_id),
        recipient=request.q_recipient,
        manifest_sha256=locked.manifest.sha256(),
        purpose=consent_actions.purpose_of(request),
        given_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
        salt=secrets.token_hex(32),
        shown=shown,
    )
    envelope = Envelope(
        clip=locked.clip,
        manifest=locked.manifest,
        manifest_signature=locked.signature,
        receipt=receipt,
        receipt_signature=receipt.signed(SigningKey.generate()),
    )
    video = SealedVideo(
        head=locked.head,
        sealed_sha256=locked.described.sealed_sha256,
        sealed_size=locked.described.sealed_size,
        envelope=seal_envelope(envelope),
        upload_id=locked.upload_id,
    )
    return consent_actions.share(by=by, request_id=request_id, video=video, expires_days=days)


def _lock(
    by: Actor,
    file: Path,
    *,
    made: Made,
    starts_at: datetime | None = None,
    seconds: float = 0,
    request_id: UUID | None = None,
) -> _Locked:
    """Seal a file to a key of its own and send the sealed bytes."""
    clip = generate_identity()
    with tempfile.TemporaryDirectory(prefix="porchlight-demo-") as aside:
        target = Path(aside) / "sealed"
        described, head = seal_file(file, target, [clip.recipient])
        upload = footage.begin_upload(by=by, length=described.sealed_size, request_id=request_id)
        offset = 0
        with target.open("rb") as sealed:
            while part := sealed.read(part_bytes()):
                offset = footage.append(by=by, upload_id=upload.pk, offset=offset, parts=[part])
    manifest = Manifest(
        clip=str(uuid4()),
        original=described,
        media_type="video/mp4",
        made=made,
        starts_at=starts_at,
        ends_at=starts_at and starts_at + timedelta(seconds=seconds),
        clock_error_ms=_CLOCK_ERROR_MS if starts_at else None,
    )
    return _Locked(upload.pk, head, described, clip, manifest, manifest.signed(SigningKey.generate()))
