"""Steps in which the officer is told, opens the one shared clip, and finds it equal to the owner's file."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

from porchlight.seal.errors import SealError
from porchlight.seal.keys import Identity
from porchlight.seal.opening import open_envelope, open_stream, unwrap_identity
from porchlight.walkthrough.person import Unexpected
from porchlight.walkthrough.scene import Scene

_RANGE_BYTES = 1000


def officer_is_told(scene: Scene) -> dict[str, Any]:
    """A mail says that something was shared, and no more; the portal lists exactly one video."""
    officer = scene.people["odell"]
    scene.wait_for_mail(officer.email, "/shared/")
    page = officer.get("/shared/").text
    if page.count(f"/shared/{scene.share_id}/") < 1:
        raise Unexpected("the shared video is not listed")
    return {"share": scene.share_id}


def received(scene: Scene) -> dict[str, Any]:
    """The officer fetches envelope and ciphertext, whole and by range, and opens Q, the envelope and the clip."""
    officer = scene.people["odell"]
    given = officer.send(
        "POST", f"/shared/{scene.share_id}/envelope.json", headers={"Accept": "application/json"}
    )
    known = given.json()
    scene.sealed = officer.get(known["sealed_url"]).content
    first = len(scene.sealed) // 2
    last = min(first + _RANGE_BYTES, len(scene.sealed)) - 1
    part = officer.get(known["sealed_url"], expect=(206,), headers={"Range": f"bytes={first}-{last}"})
    if part.content != scene.sealed[first : last + 1]:
        raise Unexpected("a range of the ciphertext differs from the whole")
    scene.q = q = _own_q(scene, known, "odell")
    envelope = open_envelope(base64.b64decode(known["envelope"]), q, request=scene.request_id)
    scene.clip = envelope.clip
    plain = io.BytesIO()
    opened = open_stream(io.BytesIO(scene.sealed), plain, envelope.clip)
    scene.opened = plain.getvalue()
    original = hashlib.sha256(scene.video.read_bytes()).hexdigest()
    if not original == opened.plain_sha256 == envelope.manifest.original.plain_sha256:
        raise Unexpected("the officer's clip is not the owner's file")
    report = {"event": "verified", "facts": {"sha256": opened.plain_sha256}}
    officer.send("POST", f"/shared/{scene.share_id}/events/", json=report, expect=(204,))
    return {"share": scene.share_id, "sha256": opened.plain_sha256, "matches": True}


def nobody_else(scene: Scene) -> dict[str, Any]:
    """No other share stands on the agency's side, and a stranger's door answers like an absent one."""
    officer = scene.people["odell"]
    absent = officer.get("/shared/00000000-0000-4000-8000-000000000000/", expect=(404,))
    foreign = scene.people["rowan"].get(f"/shared/{scene.share_id}/", expect=(404,))
    return {"absent": absent.status_code, "foreign_side": foreign.status_code}


def handed_over(scene: Scene, out: Path) -> dict[str, Any]:
    """Write what a person needs to check the result with the stock `age` command."""
    stored = _stored_object(scene)
    (out / "clip.age").write_bytes(scene.sealed)
    if scene.clip is not None:
        (out / "clip-identity.txt").write_text(scene.clip.secret + "\n")
    (out / "original.mp4").write_bytes(scene.opened)
    facts: dict[str, Any] = {
        "share": scene.share_id,
        "stored_object": stored,
        "clip": str(out / "clip.age"),
        "clip_sha256": hashlib.sha256(scene.sealed).hexdigest(),
        "original_sha256": hashlib.sha256(scene.opened).hexdigest(),
    }
    age = shutil.which("age")
    if age is not None:
        words = [age, "-d", "-i", str(out / "clip-identity.txt"), str(out / "clip.age")]
        plain = subprocess.run(words, check=True, capture_output=True).stdout
        if plain != scene.video.read_bytes():
            raise Unexpected("the stock age command opens the clip to something else")
        facts["age"] = "opens it to the same bytes"
    return facts


def _own_q(scene: Scene, known: dict[str, Any], officer: str) -> Identity:
    own = scene.keys[officer]
    for wrap in known["wraps"]:
        try:
            return unwrap_identity(base64.b64decode(wrap["wrap"]), own, recipient=known["q_recipient"])
        except SealError:
            continue
    raise Unexpected("no wrap of the request's key opens with the officer's own")


def _stored_object(scene: Scene) -> str:
    """Where the object lies that is byte for byte what the officer was given."""
    # The server's part, needed for this look beside the server alone.
    from porchlight.server.foundation.objects import store_of  # noqa: PLC0415 - as said above

    default = f"file://{scene.platform.data_dir / 'objects'}"
    store = store_of(scene.platform.environment.get("PORCHLIGHT_STORAGE_URL", default))
    size = len(scene.sealed)
    for name in store.names():
        if store.size(name) == size and b"".join(store.read(name, 0, size)) == scene.sealed:
            return store.where(name)
    raise Unexpected("no stored object is equal to what the officer was given")
