"""Writes the vectors of tests/vectors that Python makes: `python tests/seal/make_vectors.py`.

Keys and randomness are fresh at each run, so that a run changes the files; the formats' tests read what is committed.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import age_by_hand  # a script finds what stands beside it
import tlog_by_hand

from porchlight.seal import canonical
from porchlight.seal.envelope import Envelope, seal_envelope
from porchlight.seal.grant import Grant, seal_grant
from porchlight.seal.keys import SigningKey, generate_identity
from porchlight.seal.manifest import Manifest
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.seal.payload import CHUNK, split_header
from porchlight.seal.receipt import Receipt, Shown, ShownPlace
from porchlight.seal.sealing import SealedFile, seal_bytes, seal_stream, wrap_identity
from porchlight.seal.vouching import vouch

VECTORS = Path(__file__).parent.parent / "vectors"
CLIP = "6b1f6a0e-8f43-4d0c-9d2e-0f4b6a7c1e55"
REQUEST = "c2d4b5a6-1f2e-4a3b-8c7d-9e0f1a2b3c4d"
PASSPHRASE = "lantern orbit velvet harbor maple sunset"


def write(name: str, value: dict[str, Any]) -> None:
    (VECTORS / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def sealed_file(seed: str, size: int = 1_000_000) -> SealedFile:
    digest = hashlib.sha256(seed.encode()).hexdigest
    return SealedFile(digest(), size, hashlib.sha256(digest().encode()).hexdigest(), size + 456)


def example_manifest(**changes: Any) -> Manifest:
    fields = {"clip": CLIP, "original": sealed_file("a"), "media_type": "video/mp4", "made": "uploaded"}
    return Manifest(**{**fields, **changes})


def example_receipt(recipient: str, manifest: Manifest, **changes: Any) -> Receipt:
    fields = {
        "request": REQUEST,
        "recipient": recipient,
        "manifest_sha256": manifest.sha256(),
        "purpose": "Investigation of a burglary",
        "given_at": datetime(2026, 11, 21, 19, 8, 58, 123_000, tzinfo=UTC),
        "expires_at": datetime(2027, 5, 20, 19, 8, 58, tzinfo=UTC),
        "salt": secrets.token_hex(32),
    }
    return Receipt(**{**fields, **changes})


def canonical_vectors() -> dict[str, Any]:
    given = [
        {},
        {"b": 1, "a": [True, False, None, -7, 0, 2**53 - 1], "a_1": {"z": "", "y": []}},
        {"text": 'tab\t line\n quote" back\\ slash/ del\x7f bell\x07 é – 日本 😀 \u2028 \ufeff'},
        ["Ω", "\u0000", "a" * 300],
        "alone",
        json.loads("[" * 17 + "]" * 17),
        -(2**53) + 1,
    ]
    refused = {
        "white space": '{"a": 1}',
        "white space after": '{"a":1} ',
        "order": '{"b":1,"a":2}',
        "twice": '{"a":1,"a":1}',
        "fraction": '{"a":1.5}',
        "fraction that is whole": '{"a":1.0}',
        "exponent": '{"a":1e2}',
        "minus zero": '{"a":-0}',
        "too large": '{"a":9007199254740992}',
        "needless escape": '{"a":"\\u0041"}',
        "escaped solidus": '{"a":"\\/"}',
        "escape in capitals": '{"a":"\\u001F"}',
        "lone surrogate": '{"a":"\\ud800"}',
        "key in capitals": '{"A":1}',
        "key with an accent": '{"é":1}',
        "empty key": '{"":1}',
        "infinity": '{"a":Infinity}',
        "not a number": '{"a":NaN}',
        "byte order mark": '\ufeff{"a":1}',
        "comma": '{"a":1,}',
        "nothing": "",
        "too deep": "[" * 18 + "]" * 18,
        "far too deep": "[" * 1000 + "]" * 1000,
    }
    return {
        "about": "Each `canonical` is what the value `json` is written as; each `refused` text is not canonical.",
        "written": [
            {"json": json.dumps(value), "canonical": canonical.encode(value).decode()} for value in given
        ],
        "refused": [{"name": name, "text": text} for name, text in refused.items()],
        "times": [
            {"text": "2026-11-21T19:08:58.123Z", "unix_ms": 1795288138123},
            {"text": "2024-02-29T23:59:59.999Z", "unix_ms": 1709251199999},
            {"text": "0099-01-01T00:00:00.000Z", "unix_ms": -59042995200000},
        ],
        "times_refused": [
            "2026-11-21T19:08:58Z",
            "2026-11-21T19:08:58.123+00:00",
            "2026-11-21 19:08:58.123Z",
            "2026-02-30T00:00:00.000Z",
            "2026-11-21T24:00:00.000Z",
            "2026-11-21T19:08:60.000Z",
            "0000-01-01T00:00:00.000Z",
            "+02026-11-21T19:08:58.123Z",
            "",
        ],
    }


def documents() -> dict[str, Any]:
    recipient = generate_identity().recipient
    moment = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    manifests = [
        example_manifest(),
        example_manifest(
            made="captured",
            media_type="video/quicktime",
            starts_at=moment,
            ends_at=moment.replace(minute=31),
            clock_error_ms=40,
            preview=sealed_file("b", 0),
        ),
    ]
    shown = Shown(
        name="Renée O’Hara",
        contact='renee@example.org, "evenings"',
        place=ShownPlace("block", "400 block of Elm Street"),
    )
    receipts = [
        example_receipt(recipient, manifests[0]),
        example_receipt(recipient, manifests[1], shown=shown, may_publish=True),
        example_receipt(recipient, manifests[1], shown=Shown(place=ShownPlace("exact", "412 Elm Street"))),
    ]
    signed = []
    for document in [*manifests, *receipts]:
        seed = secrets.token_bytes(32)
        signature = document.signed(SigningKey.from_seed(seed))
        signed.append(
            {
                "kind": document.document()["kind"],
                "canonical": document.encoded().decode(),
                "sha256": document.sha256(),
                "seed": seed.hex(),
                "key": signature.key,
                "signature": signature.signature,
            }
        )
    return {
        "about": "Signed documents: Ed25519 of `seed` over `porchlight/<kind>/v1`, a line feed and `canonical`.",
        "signed": signed,
        "refused": list(refused_documents(manifests[1].document(), receipts[1].document())),
        "vouched": vouched(recipient),
    }


def refused_documents(manifest: dict[str, Any], receipt: dict[str, Any]) -> Any:
    def changed(base: dict[str, Any], name: str, code: str, **changes: Any) -> dict[str, Any]:
        document = {key: value for key, value in {**base, **changes}.items() if value is not ...}
        return {"name": name, "kind": base["kind"], "code": code, "document": document}

    yield changed(manifest, "another kind", "malformed", kind="receipt")
    yield changed(manifest, "another version", "unsupported", version=2)
    yield changed(manifest, "a field too many", "malformed", camera="front door")
    yield changed(manifest, "a field missing", "malformed", made=...)
    yield changed(manifest, "clip in capitals", "malformed", clip=CLIP.upper())
    yield changed(manifest, "unknown media type", "malformed", media_type="text/html")
    yield changed(manifest, "made otherwise", "malformed", made="found")
    yield changed(manifest, "negative clock error", "malformed", clock_error_ms=-1)
    yield changed(manifest, "clock error true", "malformed", clock_error_ms=True)
    yield changed(manifest, "ends before it starts", "malformed", ends_at="2020-01-01T00:00:00.000Z")
    yield changed(
        manifest, "short hash", "malformed", original={**manifest["original"], "plain_sha256": "ab"}
    )
    yield changed(manifest, "size as text", "malformed", original={**manifest["original"], "plain_size": "1"})
    yield changed(manifest, "preview false", "malformed", preview=False)
    yield changed(
        receipt, "recipient with a wrong checksum", "malformed", recipient=receipt["recipient"][:-1] + "b"
    )
    yield changed(receipt, "recipient in capitals", "malformed", recipient=receipt["recipient"].upper())
    yield changed(receipt, "expires before given", "malformed", expires_at=receipt["given_at"])
    yield changed(receipt, "two lines of purpose", "malformed", purpose="one\ntwo")
    yield changed(receipt, "text that turns direction", "malformed", purpose="one\u202etwo")
    yield changed(receipt, "empty purpose", "malformed", purpose="   ")
    yield changed(receipt, "long purpose", "too_large", purpose="é" * 101)
    yield changed(receipt, "publish as a number", "malformed", may_publish=1)
    yield changed(receipt, "shown as a list", "malformed", shown=[])
    yield changed(receipt, "more shown than there is", "malformed", shown={"phone": "1"})
    yield changed(receipt, "name as null", "malformed", shown={"name": None})
    yield changed(receipt, "long name", "too_large", shown={"name": "n" * 161})
    yield changed(
        receipt, "place of another kind", "malformed", shown={"place": {"kind": "city", "text": "x"}}
    )


def vouched(recipient: str) -> dict[str, Any]:
    household = generate_identity()
    tag = vouch(household.secret, "recovery", recipient)
    return {"secret": household.secret, "purpose": "recovery", "text": recipient, "tag": tag}


def payloads() -> dict[str, Any]:
    identity = generate_identity()
    head = split_header(seal_bytes(b"", [identity.recipient]))
    assert head is not None
    vector: dict[str, Any] = {
        "about": "See docs/clip-format.md: a case's file is the header, the nonce and its chunks; byte i of the "
        "plaintext is (31 i + i // 256) mod 256.",
        "identity": identity.secret,
        "header": head.header.decode(),
        "nonce": secrets.token_hex(16),
        "file_key": age_by_hand.file_key(head.header, identity.secret).hex(),
    }

    def chunks(size: int) -> list[dict[str, Any]]:
        starts = list(range(0, max(size, 1), CHUNK))
        return [
            {"counter": number, "final": start == starts[-1], "start": start, "end": min(start + CHUNK, size)}
            for number, start in enumerate(starts)
        ]

    def changed(place: int, **changes: Any) -> list[dict[str, Any]]:
        made = chunks(2 * CHUNK + 100)
        made[place] = {**made[place], **changes}
        return made

    first, second, last = chunks(2 * CHUNK + 100)
    full, full_last = chunks(2 * CHUNK)
    cases: list[dict[str, Any]] = [
        *(
            {"name": f"{size} bytes", "chunks": chunks(size), "accepted": True}
            for size in (0, 1, CHUNK - 1, CHUNK)
        ),
        *(
            {"name": f"{size} bytes", "chunks": chunks(size), "accepted": True}
            for size in (CHUNK + 1, 2 * CHUNK + 100)
        ),
        {"name": "cut by a byte", "chunks": [first, second, last], "cut": 1},
        {"name": "cut to the last tag", "chunks": [first, second, last], "cut": 100},
        {"name": "cut below the last tag", "chunks": [first, second, last], "cut": 101},
        {"name": "last chunk missing", "chunks": [first, second]},
        {"name": "middle chunk missing", "chunks": [first, last]},
        {"name": "first chunk missing", "chunks": [second, last]},
        {"name": "no chunk", "chunks": []},
        {"name": "chunks swapped", "chunks": [second, first, last]},
        {"name": "chunk repeated", "chunks": [first, first, second, last]},
        {"name": "last chunk not marked final", "chunks": changed(2, final=False)},
        {"name": "middle chunk marked final", "chunks": changed(1, final=True)},
        {
            "name": "file ends at a chunk marked final too early",
            "chunks": [first, {**second, "final": True}],
            "accepted": True,
        },
        {"name": "final chunk with a wrong counter", "chunks": changed(2, counter=3)},
        {
            "name": "empty final chunk after a full one",
            "chunks": [
                full,
                {**full_last, "final": False},
                {"counter": 2, "final": True, "start": 0, "end": 0},
            ],
        },
        {"name": "bytes after the final chunk", "chunks": [first, second, last], "append": "00"},
        {"name": "a tag after the final chunk", "chunks": [first, second, last], "append": "00" * 16},
        {"name": "first byte changed", "chunks": [first, second, last], "flip": 0},
        {"name": "tag of the first chunk changed", "chunks": [first, second, last], "flip": CHUNK + 15},
        {"name": "last byte changed", "chunks": [first, second, last], "flip": 2 * (CHUNK + 16) + 115},
        {"name": "nonce changed", "chunks": [first, second, last], "flip_head": len(vector["header"])},
        {
            "name": "header's check changed",
            "chunks": [first, second, last],
            "flip_head": len(vector["header"]) - 30,
        },
    ]
    for case in cases:
        case.setdefault("accepted", False)
        case["sha256"] = age_by_hand.sha256(age_by_hand.built(vector, case))
        if case["accepted"]:
            case["plain_sha256"] = age_by_hand.sha256(age_by_hand.plaintext(case["chunks"][-1]["end"]))
    return {**vector, "cases": cases}


def sealed() -> dict[str, Any]:
    household, recovery, officer, q, clip = (generate_identity() for _ in range(5))
    plain_size = CHUNK + 1000
    target = io.BytesIO()
    described, head = seal_stream(io.BytesIO(age_by_hand.plaintext(plain_size)), target, [clip.recipient])
    manifest = example_manifest(original=described)
    manifest_signature = manifest.signed(SigningKey.generate())
    shown = Shown(name="Renée", place=ShownPlace("block", "400 block of Elm Street"))
    receipt = example_receipt(q.recipient, manifest, shown=shown)
    envelope = Envelope(clip, manifest, manifest_signature, receipt, receipt.signed(SigningKey.generate()))
    grant = Grant(clip, manifest, manifest_signature, note="Vorgarten – 07:30.mp4")
    encoded = lambda data: base64.b64encode(data).decode()  # noqa: E731
    return {
        "about": "Made by Python; to be opened by every implementation.",
        "household": household.secret,
        "recovery": recovery.secret,
        "officer": officer.secret,
        "q": q.secret,
        "q_recipient": q.recipient,
        "request": REQUEST,
        "clip": {
            "file": encoded(target.getvalue()),
            "head": encoded(head),
            "secret": clip.secret,
            "plain_size": plain_size,
        },
        "manifest": manifest.encoded().decode(),
        "receipt": receipt.encoded().decode(),
        "note": grant.note,
        "grant": encoded(seal_grant(grant, [household.recipient, recovery.recipient])),
        "envelope": encoded(seal_envelope(envelope)),
        "q_wrapped": wrap_identity(q.secret, [officer.recipient]),
        "passphrase": PASSPHRASE,
        "household_wrapped": wrap_identity_with_passphrase(household.secret, PASSPHRASE),
    }


def passphrases() -> dict[str, Any]:
    typed = {
        PASSPHRASE: [
            PASSPHRASE,
            "  Lantern ORBIT velvet\tharbor\nmaple sunset ",
            "lantern-orbit-velvet-harbor-maple-sunset",
        ],
        "lantern orbit": [
            "lantern, orbit.",
            "lantern–orbit",
            "lantern\u00a0orbit",
            "lantern\ufefforbit",
            "lantern\u001f\u0085orbit",
            "ｌａｎｔｅｒｎ orbit",
            "lantern - orbit",
        ],
        "e\u0301te\u0301": ["été", "ÉTÉ"],
    }
    return {
        "about": "Each text `typed` is fed to scrypt as `normal`.",
        "normal": [{"typed": text, "normal": normal} for normal, texts in typed.items() for text in texts],
        "refused": [
            {"typed": "", "code": "malformed"},
            {"typed": " - ", "code": "malformed"},
            {"typed": "a" * 257, "code": "too_large"},
        ],
    }


if __name__ == "__main__":
    write("canonical.json", canonical_vectors())
    write("documents.json", documents())
    write("payloads.json", payloads())
    write("passphrases.json", passphrases())
    write("sealed-by-python.json", sealed())
    write("log-proofs.json", tlog_by_hand.vectors(REQUEST))
