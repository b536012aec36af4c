"""One household on a real `porchlight web`, with one sealed clip and the same bytes plain behind the same door."""

from __future__ import annotations

import base64
import io
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from porchlight.core.ids import random_id
from porchlight.instance.mailbox import Mailbox
from porchlight.seal.grant import Grant, seal_grant
from porchlight.seal.keys import Identity, SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.seal.sealing import seal_file, wrap_identity
from porchlight.walkthrough import ground, preparing
from porchlight.walkthrough.person import Person
from porchlight.walkthrough.running import new_scene

WORDS = preparing.PASSPHRASE
_PART = 4 * 1024 * 1024
_TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Household:
    """`sealed` and `plain`: the ids of the two clips. `port`: where the web server listens."""

    person: Person
    port: int
    sealed: str
    plain: str


@contextmanager
def household(directory: Path, film: Path) -> Iterator[Household]:
    """Runs until the block ends."""
    scene = new_scene(film, directory / "instance")
    with Mailbox(scene.mail_dir, scene.platform.smtp_port):
        try:
            preparing.start(scene)
            preparing.home_joins(scene, "ada", ground.ADDRESSES["ada"], ground.HOMES["ada"])
            person = scene.people["ada"]
            keys = _store_key(person)
            ids = [_keep(person, film, directory / "sealed", keys) for _ in range(2)]
            _lay_bare(scene.platform.data_dir, ids[1], film)
            yield Household(person, scene.platform.port, *ids)
        finally:
            scene.close()


def _store_key(person: Person) -> list[str]:
    own, recovery = generate_identity(), generate_identity()
    body = {
        "recipient": own.recipient,
        "recovery_recipient": recovery.recipient,
        "wrapped_by_passphrase": wrap_identity_with_passphrase(own.secret, WORDS),
        "wrapped_by_recovery": wrap_identity(own.secret, [recovery.recipient]),
    }
    person.get("/keys/")
    person.send("POST", "/keys/own.json", json=body, expect=(201,))
    return [own.recipient, recovery.recipient]


def _keep(person: Person, film: Path, sealed: Path, keys: list[str]) -> str:
    clip = generate_identity()
    described, head = seal_file(film, sealed, [clip.recipient])
    manifest = Manifest(
        clip=str(random_id(secrets.token_bytes)), original=described, media_type="video/mp4", made="uploaded"
    )
    body = {
        "upload_id": _upload(person, sealed, described.sealed_size),
        "head": _text(head),
        "sealed_sha256": described.sealed_sha256,
        "sealed_size": described.sealed_size,
        "grant": _text(_grant(clip, manifest, keys)),
    }
    answer = person.send(
        "POST", "/clips/keep/", json=body, expect=(201,), headers={"Accept": "application/json"}
    )
    return str(answer.json()["clip_id"])


def _grant(clip: Identity, manifest: Manifest, keys: list[str]) -> bytes:
    return seal_grant(Grant(clip, manifest, manifest.signed(SigningKey.generate())), keys)


def _upload(person: Person, sealed: Path, size: int) -> str:
    made = person.send("POST", "/uploads/", expect=(201,), headers={**_TUS, "Upload-Length": str(size)})
    where, offset = made.headers["Location"], 0
    with sealed.open("rb") as file:
        for piece in iter(lambda: file.read(_PART), b""):
            headers = {
                **_TUS,
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            }
            person.send("PATCH", where, expect=(204,), headers=headers, content=io.BytesIO(piece).read())
            offset += len(piece)
    return where.strip("/").split("/")[-1]


def _lay_bare(data: Path, clip_id: str, film: Path) -> None:
    """Put the plain film in the place of a clip's bytes: the peer is then served by the very same code."""
    with closing(sqlite3.connect(data / "porchlight.sqlite3", timeout=20)) as base, base:
        key = clip_id.replace("-", "")
        (name,) = base.execute("SELECT object_name FROM footage_clip WHERE id = ?", [key]).fetchone()
        base.execute("UPDATE footage_clip SET sealed_size = ? WHERE id = ?", [film.stat().st_size, key])
    target = data / "objects" / name[:2] / name
    target.unlink()
    shutil.copyfile(film, target)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
