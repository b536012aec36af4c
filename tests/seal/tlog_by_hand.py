"""A small public log, written from C2SP's texts, to make proofs that hold and proofs that do not."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from porchlight.seal import canonical
from porchlight.seal.keys import generate_identity

ORIGIN = "example.org/porchlight"


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < split:
        return [*path(index, leaves[:split]), root(leaves[split:])]
    return [*path(index - split, leaves[split:]), root(leaves[:split])]


def base64_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def key_id(name: str, key: Ed25519PrivateKey) -> bytes:
    return hashlib.sha256(name.encode() + b"\n\x01" + key.public_key().public_bytes_raw()).digest()[:4]


def verifier_key(name: str, key: Ed25519PrivateKey) -> str:
    return "+".join(
        [name, key_id(name, key).hex(), base64_text(b"\x01" + key.public_key().public_bytes_raw())]
    )


def signature_line(name: str, key: Ed25519PrivateKey, text: str) -> str:
    return f"— {name} {base64_text(key_id(name, key) + key.sign(text.encode()))}\n"


def proof_text(index: int, leaves: list[bytes], note: str) -> str:
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *map(base64_text, path(index, leaves)), "", note]
    return "\n".join(lines)


def vectors(request: str) -> dict[str, Any]:
    """`accepted` and `refused` proofs, each with entry, verifier key, expected request and key, and the code."""
    log, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    q, other_q = generate_identity().recipient, generate_identity().recipient
    said = {
        "kind": "request.submitted",
        "q": q,
        "request": request,
        "text_sha256": hashlib.sha256(b"x").hexdigest(),
    }
    entry = canonical.encode(said)

    def note(leaves: list[bytes], *, name: str = ORIGIN, key: Ed25519PrivateKey = log, more: str = "") -> str:
        text = f"{name}\n{len(leaves)}\n{base64_text(root(leaves))}\n"
        return f"{text}\n{more}{signature_line(name, key, text)}"

    def tree(size: int, index: int) -> list[bytes]:
        return [leaf(entry if place == index else f"entry {place}".encode()) for place in range(size)]

    def case(name: str, proof: str, code: str | None = None, **changes: Any) -> dict[str, Any]:
        usual = {
            "entry": entry.decode(),
            "verifier_key": verifier_key(ORIGIN, log),
            "request": request,
            "q": q,
        }
        return {"name": name, "proof": proof, **usual, **changes, "code": code}

    shapes = [(1, 0), (2, 0), (2, 1), (3, 2), (7, 3), (8, 7), (9, 8), (70, 64), (257, 100)]
    accepted = [
        case(f"entry {index} of {size}", proof_text(index, tree(size, index), note(tree(size, index))))
        for size, index in shapes
    ]
    leaves = tree(9, 4)
    good = proof_text(4, leaves, note(leaves))
    witnessed = note(leaves, more=signature_line("witness.example", other, "something else\n"))
    accepted.append(case("signed by a witness as well", proof_text(4, leaves, witnessed)))
    accepted.append(case("with extra data", good.replace("index 4", "extra AAECAw==\nindex 4")))
    lines = good.split("\n")
    other_entry = canonical.encode({**said, "q": other_q}).decode()
    refused = [
        case("another request expected", good, "other_request", request="00000000-0000-4000-8000-000000000000"),
        case("another key expected", good, "other_recipient", q=other_q),
        case("entry with the expected key, but not logged", good, "tampered", entry=other_entry, q=other_q),
        case("entry of another kind", good, "malformed", entry=canonical.encode({**said, "kind": "agency.joined"}).decode()),
        case("entry not canonical", good, "malformed", entry=entry.decode() + " "),
        case("another index", good.replace("index 4", "index 5"), "tampered"),
        case("an index beyond the tree", good.replace("index 4", "index 9"), "tampered"),
        case("index with a leading zero", good.replace("index 4", "index 04"), "malformed"),
        case("a hash missing", "\n".join(lines[:2] + lines[3:]), "tampered"),
        case("a hash too many", "\n".join([*lines[:3], lines[2], *lines[3:]]), "tampered"),
        case("a hash changed", good.replace(lines[2], base64_text(bytes(32))), "tampered"),
        case("a hash of another length", good.replace(lines[2], base64_text(bytes(31))), "malformed"),
        case("another first line", good.replace("@v1", "@v2"), "malformed"),
        case("signed by another key", proof_text(4, leaves, note(leaves, key=other)), "bad_signature"),
        case("another log of the same key", proof_text(4, leaves, note(leaves, name="example.org/other")), "bad_signature"),
        case("size changed after signing", good.replace(f"{ORIGIN}\n9\n", f"{ORIGIN}\n10\n"), "bad_signature"),
        case("no signature", good[: good.index("—")], "bad_signature"),
        case("no checkpoint", good[: good.index("\n\n") + 1], "malformed"),
        case("a verifier key with a wrong hash", good, "malformed", verifier_key=verifier_key(ORIGIN, log).replace("+", "+0", 1)[:-1]),
        case("nothing", "", "malformed"),
    ]  # fmt: skip
    return {
        "about": "Proofs c2sp.org/tlog-proof@v1 that a request was logged with its key; `code` says why one is refused.",
        "accepted": accepted,
        "refused": refused,
    }
