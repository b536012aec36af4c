"""Just enough of age, written from its specification, to build payloads that no honest program makes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def secret_bytes(identity: str) -> bytes:
    """The 32 bytes of an AGE-SECRET-KEY-1…, its checksum passed over."""
    data = identity.lower().rpartition("1")[2][:-6]
    bits = "".join(f"{BECH32.index(sign):05b}" for sign in data)
    return int(bits[:256], 2).to_bytes(32)


def file_key(header: bytes, identity: str) -> bytes:
    lines = header.decode().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("-> X25519 "))
    private = X25519PrivateKey.from_private_bytes(secret_bytes(identity))
    share = base64.b64decode(lines[at].split(" ")[2] + "=")
    salt = share + private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(share))
    key = derived(shared, salt, b"age-encryption.org/v1/X25519")
    found = ChaCha20Poly1305(key).decrypt(bytes(12), base64.b64decode(lines[at + 1] + "="), None)
    mac = hmac.digest(derived(found, b"", b"header"), header[: header.rindex(b"--- ") + 3], "sha256")
    assert base64.b64encode(mac).rstrip(b"=") == header[header.rindex(b"--- ") + 4 : -1]
    return found


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def plaintext(size: int) -> bytes:
    """The plaintext of the vectors: byte i is (31 i + i // 256) mod 256."""
    return bytes((31 * place + place // 256) % 256 for place in range(size))


def built(vector: dict[str, Any], case: dict[str, Any]) -> bytes:
    """The file that a case of `payloads.json` describes."""
    cipher = ChaCha20Poly1305(
        derived(bytes.fromhex(vector["file_key"]), bytes.fromhex(vector["nonce"]), b"payload")
    )
    head = bytearray(vector["header"].encode() + bytes.fromhex(vector["nonce"]))
    plain = plaintext(max((chunk["end"] for chunk in case["chunks"]), default=0))
    payload = bytearray()
    for chunk in case["chunks"]:
        nonce = chunk["counter"].to_bytes(11) + bytes([chunk["final"]])
        payload += cipher.encrypt(nonce, plain[chunk["start"] : chunk["end"]], None)
    payload += bytes.fromhex(case.get("append", ""))
    if "flip" in case:
        payload[case["flip"]] ^= 1
    if "flip_head" in case:
        head[case["flip_head"]] ^= 1
    return bytes(head + payload[: len(payload) - case.get("cut", 0)])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
