"""Who takes the server's disk after the main job finds ciphertext: nothing of the video, no key, no passphrase."""

from __future__ import annotations

import base64
import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import psycopg
from tests.backends.objects import everything
from tests.backends.services import directory_of, postgres
from tests.faults import thief

from porchlight.demo.scenes import CAR_PASSES, render
from porchlight.instance.mailbox import Mailbox
from porchlight.seal.grant import Grant, seal_grant
from porchlight.seal.keys import Identity, SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.seal.sealing import seal_file, wrap_identity
from porchlight.seal.vouching import vouch
from porchlight.server.foundation.objects import store_of
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


@contextmanager
def disks(backend: ModuleType, instance: Path) -> Iterator[tuple[dict[str, str], Callable[[], list[Path]]]]:
    """Settings, and a look at everything the platform keeps: its directory, or a database's files and a bucket beside.

    On PostgreSQL the cluster is this test's own, so that what is found in its files is this platform's.
    """
    if not backend.on_postgres():
        yield backend.installation(instance / "data"), lambda: [instance]
        return
    with postgres() as cluster:
        address = cluster % "postgres"
        storage = backend.storage_url(instance)
        numbers = itertools.count()

        def looked() -> list[Path]:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CHECKPOINT")
            objects = everything(store_of(storage), instance.parent / f"objects{next(numbers)}")
            return [instance, objects, directory_of(cluster)]

        settings = {"PORCHLIGHT_DATABASE_URL": address, "PORCHLIGHT_STORAGE_URL": storage}
        yield settings | backend.agency_login(address), looked


def test_the_disk_tells_nothing(backend: ModuleType, tmp_path: Path) -> None:
    shared = render(CAR_PASSES, tmp_path / "shared.mp4", width=640, audio=True, seconds=8, seed=1)
    kept = render(CAR_PASSES, tmp_path / "kept.mp4", width=640, seconds=8, seed=2)
    instance = tmp_path / "instance"
    with disks(backend, instance) as (settings, looked):
        search(new_scene(shared, instance, settings), looked, {"shared": shared, "kept": kept}, tmp_path)


def search(scene: Scene, looked: Callable[[], list[Path]], videos: dict[str, Path], workshop: Path) -> None:
    """Do the main job, and look while the processes run and after they ended."""
    with Mailbox(scene.mail_dir, scene.platform.smtp_port):
        try:
            for step in STEPS:
                step(scene)
            vault = keep_in_vault(scene, videos["kept"], workshop)
            secrets = wanted(scene, vault, videos)
            assert min(len(secrets["video shared"]), len(secrets["video kept"])) > 20
            assert thief.found_on_disk(looked(), secrets) == []
        finally:
            scene.close()
    places = looked()
    assert thief.found_on_disk(places, secrets) == []
    searched = {path.name for path in thief.files(places)}
    assert {"web.log", "worker.log", "log.key"} <= searched
    # Ciphertexts and mail addresses do lie there, so the search had something to search.
    lying = {"the clip": [scene.sealed], "an address": [scene.people["dora"].email.encode()]}
    found = {each.partition(" in ")[0] for each in thief.found_on_disk(places, lying)}
    assert found == {"the clip", "an address"}


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
