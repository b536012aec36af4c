"""An agency with an evidence system, an approved request, and what owners really sealed for it."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pyrage
import pytest
from tests.backends import storage_url
from tests.server.disclosures import sharing
from tests.server.video_requests import town

from porchlight.core.visibility import Actor, Role
from porchlight.evidence import keyfile
from porchlight.seal.envelope import Envelope, seal_envelope
from porchlight.seal.keys import Identity, SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.receipt import Receipt
from porchlight.seal.sealing import seal_stream
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.access import key_recipients_for_request
from porchlight.server.agencies.models import Officer
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.objects import object_store
from porchlight.server.video_requests import actions as requests
from porchlight.server.video_requests.models import VideoRequest

VIDEO = bytes(range(256)) * 3000


@dataclass
class Agency:
    """What a test needs of it."""

    agents: town.Agents
    admin: Actor
    request: VideoRequest
    q: Identity
    system: Identity
    token: str
    directory: Path

    @property
    def key_file(self) -> Path:
        return self.directory / "system.key"

    @property
    def token_file(self) -> Path:
        return self.directory / "system.token"

    def share(self, video: bytes = VIDEO, *, claimed: bytes | None = None) -> Share:
        """An owner shares a video; `claimed`: what the manifest says it is instead."""
        return _share(self.request, self.q, video, claimed)


@pytest.fixture
def agency(transactional_db: None, tmp_path: Path, settings) -> Iterator[Agency]:
    settings.PORCHLIGHT = replace(
        settings.PORCHLIGHT, data_dir=tmp_path / "data", storage_url=storage_url(tmp_path)
    )
    object_store.cache_clear()
    agents = town.make_agency()
    with housekeeping("test"):
        Officer.objects.filter(user_id=agents.clerk.user_id).update(is_admin=True)
    admin = replace(agents.clerk, also=agents.clerk.also | {Role.AGENCY_ADMIN}, fresh_factor=True)
    system = keyfile.make(tmp_path / "system.key", datetime.now(UTC))
    made = agencies.add_system(name="Records vault", recipient=system.recipient, by=admin)
    (tmp_path / "system.token").write_text(made.secret + "\n")
    (tmp_path / "system.token").chmod(0o600)
    q = generate_identity()
    request = _approved(agents, q)
    yield Agency(agents, admin, request, q, system, made.secret, tmp_path)
    object_store.cache_clear()


def _approved(agents: town.Agents, q: Identity) -> VideoRequest:
    """The server's threads know no test's clock, so this happens now."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    draft = town.save(agents.officer, starts_at=now - timedelta(hours=26), ends_at=now - timedelta(hours=24))
    wraps = [
        requests.Wrap(
            each.key_id,
            pyrage.encrypt(f"{q.secret}\n".encode(), [pyrage.x25519.Recipient.from_str(each.recipient)]),
        )
        for each in key_recipients_for_request(agents.officer)
    ]
    requests.submit(by=agents.officer, request_id=draft.pk, q_recipient=q.recipient, wraps=wraps)
    requests.sign(by=town.fresh(agents.supervisor), request_id=draft.pk)
    return town.decide(town.make_reviewer("Rowan (demo)"), draft)


def _share(request: VideoRequest, q: Identity, video: bytes, claimed: bytes | None) -> Share:
    clip, key, consent = generate_identity(), SigningKey.generate(), SigningKey.generate()
    sealed = io.BytesIO()
    described, head = seal_stream(io.BytesIO(video), sealed, [clip.recipient])
    if claimed is not None:
        described = replace(described, plain_sha256=hashlib.sha256(claimed).hexdigest())
    manifest = Manifest(clip=str(uuid4()), original=described, media_type="video/mp4", made="uploaded")
    now = datetime.now(UTC)
    receipt = Receipt(
        request=str(request.pk),
        recipient=q.recipient,
        manifest_sha256=manifest.sha256(),
        purpose=f"Case {request.case_number}",
        given_at=now,
        expires_at=now + timedelta(days=90),
        salt=secrets.token_hex(32),
    )
    envelope = seal_envelope(Envelope(clip, manifest, manifest.signed(key), receipt, receipt.signed(consent)))
    return sharing.share(request, data=sealed.getvalue(), head=head, envelope=envelope)
