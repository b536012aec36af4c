"""Who takes the server's disk after the main job finds ciphertext: nothing of the video, no key, no passphrase."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from uuid import uuid4

from tests.faults import thief

from porchlight.demo.scenes import CAR_PASSES, render
from porchlight.instance.mailbox import Mailbox
from porchlight.seal.grant import Grant, seal_grant
from porchlight.seal.keys import Identity, SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.seal.sealing import seal_file, wrap_identity
from porchlight.seal.vouching import vouch
from porchlight.walkthrough import preparing
from porchlight.walkthrough.person import PASSWORD
from porchlight.walkthrough.running import STEPS, new_scene
from porchlight.walkthrough.scene import Scene

WORDS = "harbor velvet meadow copper orbit window"
NOTE = "The one where the blue van stops"
TUS = {"Tus-Resumable": "1.0.0"}


def keep_in_vault(scene: Scene, video: Path, workshop: Path) -> dict[str, Identity]:
    """What the browser of a household does: make H and R, lock a clip and keep it. Returns the secrets it holds."""
    owner = scene.people["dora"]
    own, recovery, clip = generate_identity(), generate_identity(), generate_identity()
    owner.send(
        "POST",
        "/keys/own.json",
        expect=(201,),
        json={
            "recipient": own.recipient,
            "recovery_recipient": recovery.recipient,
            "wrapped_by_passphrase": wrap_identity_with_passphrase(own.secret, WORDS),
            "wrapped_by_recovery": wrap_identity(own.secret, [recovery.recipient]),
            "recovery_vouch": vouch(own.secret, "recovery-recipient", recovery.recipient),
        },
    )
    sealed = workshop / "vault.age"
    described, head = seal_file(video, sealed, [clip.recipient])
    size = {"Upload-Length": str(described.sealed_size)}
    where = owner.send("POST", "/uploads/", expect=(201,), headers=TUS | size).headers["Location"]
    part = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    owner.send("PATCH", where, expect=(204,), headers=TUS | part, content=sealed.read_bytes())
    manifest = Manifest(clip=str(uuid4()), original=described, media_type="video/mp4", made="uploaded")
    grant = Grant(
        clip=clip,
        manifest=manifest,
        manifest_signature=manifest.signed(SigningKey.generate()),
        note=NOTE,
    )
    owner.send(
        "POST",
        "/clips/keep/",
        expect=(201,),
        json={
            "upload_id": where.rstrip("/").rpartition("/")[2],
            "head": base64.b64encode(head).decode(),
            "sealed_sha256": described.sealed_sha256,
            "sealed_size": described.sealed_size,
            "grant": base64.b64encode(seal_grant(grant, [own.recipient, recovery.recipient])).decode(),
        },
    )
    return {"H": own, "R": recovery, "C of the vault": clip}


def wanted(scene: Scene, vault: dict[str, Identity], videos: dict[str, Path]) -> dict[str, list[bytes]]:
    """Everything that must not be on the disk, by name, in each form in which it could be written."""
    assert scene.q is not None
    assert scene.clip is not None
    identities = {"Q": scene.q, "C": scene.clip, **vault}
    identities |= {f"key of {name}": key for name, key in scene.keys.items()}
    texts = {"household's passphrase": WORDS, "officers' passphrase": preparing.PASSPHRASE}
    texts |= {"password": PASSWORD, "note on a clip": NOTE}
    return (
        {f"secret {name}": thief.identity_forms(each.secret) for name, each in identities.items()}
        | {name: thief.text_forms(text) for name, text in texts.items()}
        | {f"video {name}": thief.windows(video) for name, video in videos.items()}
    )


def test_the_disk_tells_nothing(tmp_path: Path) -> None:
    shared = render(CAR_PASSES, tmp_path / "shared.mp4", width=640, audio=True, seconds=8, seed=1)
    kept = render(CAR_PASSES, tmp_path / "kept.mp4", width=640, seconds=8, seed=2)
    instance = tmp_path / "instance"
    scene = new_scene(shared, instance)
    with Mailbox(scene.mail_dir, scene.platform.smtp_port):
        try:
            for step in STEPS:
                step(scene)
            vault = keep_in_vault(scene, kept, tmp_path)
            secrets = wanted(scene, vault, {"shared": shared, "kept": kept})
            assert min(len(secrets["video shared"]), len(secrets["video kept"])) > 20
            assert thief.found_on_disk([instance], secrets) == []
        finally:
            scene.close()
    assert thief.found_on_disk([instance], secrets) == []
    searched = {path.name for path in thief.files([instance])}
    assert {"porchlight.sqlite3", "web.log", "worker.log", "log.key"} <= searched
    assert any((instance / "data" / "objects").rglob("*"))
    # The stored objects are the very ciphertexts, so the search had something to search.
    stored = {path.read_bytes() for path in thief.files([instance / "data" / "objects"])}
    assert scene.sealed in stored


def test_the_search_finds_what_is_planted(tmp_path: Path) -> None:
    video = tmp_path / "video.mp4"
    render(CAR_PASSES, video, width=640, seconds=2)
    disk = tmp_path / "disk"
    disk.mkdir()
    identity = generate_identity()
    secrets = {"H": thief.identity_forms(identity.secret), "words": thief.text_forms(WORDS)}
    secrets |= {"video": thief.windows(video), "name": thief.text_forms("IMG_0412 our front door.mp4")}
    assert thief.found_on_disk([disk], secrets) == []
    last, padding = secrets["video"][-1], random.Random(1).randbytes(5000)
    planted = {
        "window.sqlite3-wal": ("video", padding + last + padding),
        "key.log": ("H", padding + thief.secret_bytes(identity.secret)),
        "text.log": ("H", identity.secret.encode()),
        "words.tmp": ("words", b"passphrase=" + WORDS.replace(" ", "+").encode()),
        "row.json": ("name", base64.b64encode(b'{"n":"IMG_0412 our front door.mp4"}')),
    }
    for file, (name, data) in planted.items():
        (disk / file).write_bytes(data)
        assert thief.found_on_disk([disk], secrets) == [f"{name} in {disk / file}"]
        (disk / file).unlink()
    (disk / "IMG_0412 our front door.mp4").write_bytes(b"")
    assert len(thief.found_on_disk([disk], secrets)) == 1
