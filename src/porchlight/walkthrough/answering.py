"""Steps in which owners answer: one declines, one opts out, one shares; the agency's pages tell only of the share."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import tempfile
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from porchlight.core.ids import random_id
from porchlight.core.tlog import parse_verifier_key, verify_proof
from porchlight.seal.envelope import Envelope, seal_envelope
from porchlight.seal.keys import SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.receipt import Receipt, Shown
from porchlight.seal.sealing import SealedFile, seal_stream
from porchlight.walkthrough.person import Person, Unexpected
from porchlight.walkthrough.scene import Scene
from porchlight.walkthrough.video import media_type_of

_PART = 4 * 1024 * 1024
_TUS = {"Tus-Resumable": "1.0.0"}
# A form's token is drawn anew for each answer and says nothing of what the page shows.
_FORM_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')


def declined(scene: Scene) -> dict[str, Any]:
    """One household declines behind its link. The officer's pages stay the same, byte for byte."""
    # What the portal had to say of the officer's own acts is said once.
    scene.people["odell"].get("/requests/")
    before = _officers_pages(scene)
    with _stranger(scene, "bruno") as owner:
        owner.send("POST", scene.links["bruno"], data={"answer": "decline"})
    return {"request": scene.request_id, "officer_saw": _unchanged(scene, before), **_lines(owner)}


def opted_out(scene: Scene) -> dict[str, Any]:
    """One household opts out of everything by the mail's one click (RFC 8058). The officer's pages stay the same."""
    before = _officers_pages(scene)
    mail = scene.wait_for_mail(scene.people["carol"].email, "/r/")
    if mail.message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
        raise Unexpected("the notice has no one-click header")
    link = str(mail.message["List-Unsubscribe"]).strip(" <>")
    with _stranger(scene, "carol") as owner:
        owner.send("POST", link, data={"List-Unsubscribe": "One-Click"})
    return {"request": scene.request_id, "officer_saw": _unchanged(scene, before), **_lines(owner)}


def shared(scene: Scene) -> dict[str, Any]:
    """One owner checks Q against the public log, locks the file, uploads it in parts, and shares it."""
    owner = scene.people["ada"]
    known = owner.get(f"/requests/{scene.request_id}/key.json").json()
    _check_log(known, scene.request_id)
    clip = generate_identity()
    with tempfile.TemporaryFile() as sealed:
        described, head = _seal(scene, sealed, clip.recipient)
        upload_id = _upload(owner, scene.request_id, sealed, described.sealed_size)
    envelope = _envelope(scene, known, clip, described)
    answer = owner.send(
        "POST",
        f"/requests/{scene.request_id}/share/",
        expect=(201,),
        headers={"Accept": "application/json"},
        json={
            "upload_id": upload_id,
            "head": base64.b64encode(head).decode(),
            "sealed_sha256": described.sealed_sha256,
            "sealed_size": described.sealed_size,
            "envelope": base64.b64encode(envelope).decode(),
            "expires_days": 90,
        },
    ).json()
    scene.share_id = answer["share_id"]
    return {
        "request": scene.request_id,
        "upload": upload_id,
        "share": scene.share_id,
        "media_type": media_type_of(scene.video),
        "plain_sha256": described.plain_sha256,
        "sealed_size": described.sealed_size,
    }


def _check_log(known: dict[str, Any], request_id: str) -> None:
    """Refuse to share unless the log's signed tree holds the entry that names this request and this Q."""
    origin, public = parse_verifier_key(known["verifier_key"])
    entry = base64.b64decode(known["entry"])
    checker = Ed25519PublicKey.from_public_bytes(public)

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            checker.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    verify_proof(known["proof"], entry, origin=origin, verifiers={known["verifier_key"]: verify}).require()
    if request_id.encode() not in entry or known["q_recipient"].encode() not in entry:
        raise Unexpected("the public log holds another key for this request")


def _seal(scene: Scene, sealed: Any, recipient: str) -> tuple[SealedFile, bytes]:
    with scene.video.open("rb") as plain:
        return seal_stream(plain, sealed, [recipient])


def _upload(owner: Person, request_id: str, sealed: Any, size: int) -> str:
    """Send the sealed bytes by tus, part after part, each where the server says that it stands."""
    metadata = "request " + base64.b64encode(request_id.encode()).decode()
    made = owner.send(
        "POST",
        "/uploads/",
        expect=(201,),
        headers={**_TUS, "Upload-Length": str(size), "Upload-Metadata": metadata},
    )
    where = made.headers["Location"]
    offset = 0
    while offset < size:
        sealed.seek(offset)
        headers = {**_TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        owner.send("PATCH", where, expect=(204,), headers=headers, content=sealed.read(_PART))
        offset = int(owner.send("HEAD", where, headers=_TUS).headers["Upload-Offset"])
    found = re.search(r"[0-9a-f-]{36}", where)
    if found is None:
        raise Unexpected(f"an upload without an id: {where}")
    return found[0]


def _envelope(scene: Scene, known: dict[str, Any], clip: Any, described: SealedFile) -> bytes:
    manifest = Manifest(
        clip=str(random_id(secrets.token_bytes)),
        original=described,
        media_type=media_type_of(scene.video),
        made="uploaded",
    )
    now = datetime.now(UTC).replace(microsecond=0)
    receipt = Receipt(
        request=scene.request_id,
        recipient=known["q_recipient"],
        manifest_sha256=manifest.sha256(),
        purpose=known["purpose"],
        given_at=now,
        expires_at=now + timedelta(days=90),
        salt=secrets.token_hex(32),
        shown=Shown(),
    )
    return seal_envelope(
        Envelope(
            clip=clip,
            manifest=manifest,
            manifest_signature=manifest.signed(SigningKey.generate()),
            receipt=receipt,
            receipt_signature=receipt.signed(SigningKey.generate()),
        )
    )


def _stranger(scene: Scene, key: str) -> AbstractContextManager[Person]:
    """The person with a browser that is not signed in; it is closed at the end."""
    return closing(Person(scene.people[key].name, "", "resident", scene.platform.port))


def _lines(*people: Person) -> dict[str, Any]:
    return {"exchanges": [line for person in people for line in person.taken()]}


def _officers_pages(scene: Scene) -> dict[str, tuple[int, Any, bytes]]:
    """All that the officer's side can ask for this request: status, headers and body of each door."""
    officer = scene.people["odell"]
    pages = {}
    for path in (
        "/",
        "/requests/",
        f"/requests/{scene.request_id}/",
        "/shared/",
        "/team/",
        f"/requests/{scene.request_id}/keys.json",
        f"/shared/{scene.request_id}/",
    ):
        answer = officer.get(path, expect=(200, 302, 404))
        headers = sorted(
            (name, value) for name, value in answer.headers.items() if name not in {"date", "set-cookie"}
        )
        pages[path] = (answer.status_code, headers, _FORM_TOKEN.sub(rb"\1", answer.content))
    return pages


def _unchanged(scene: Scene, before: dict[str, tuple[int, Any, bytes]]) -> dict[str, str]:
    """Ask for the same pages again; each path with the start of its body's SHA-256, or Unexpected if one differs."""
    after = _officers_pages(scene)
    for path, seen in before.items():
        if after[path] != seen:
            raise Unexpected(f"the officer's {path} changed with an owner's hidden act")
    return {path: hashlib.sha256(body).hexdigest()[:16] for path, (_, _, body) in after.items()}
