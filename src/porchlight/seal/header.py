"""The text header of an age file: one stanza for each X25519 recipient, and the MAC over all of them.

Written from the specification (C2SP `age.md`), for pyrage makes a header only together with a payload. Wraps keys and
unwraps none, so the server may import it.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Sequence
from typing import Final

import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from porchlight.seal.errors import SealError
from porchlight.seal.payload import FIRST_LINE, MAX_HEAD, NONCE

FILE_KEY: Final = 16
WRAP_INFO: Final = b"age-encryption.org/v1/X25519"
# A wrapping key serves once, so its nonce is zero.
WRAP_NONCE: Final = bytes(12)
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_KEY_BITS: Final = 256


def make_header(file_key: bytes, recipients: Sequence[str]) -> bytes:
    """The header by which every recipient (`age1…`) finds `file_key`. Raises SealError("malformed")."""
    if not recipients:
        raise SealError("malformed", "no recipient")
    header = FIRST_LINE + b"".join(_stanza(file_key, recipient) for recipient in recipients) + b"---"
    mac = hmac.digest(derived(file_key, salt=b"", info=b"header"), header, "sha256")
    header += b" " + _unpadded(mac) + b"\n"
    if len(header) + NONCE > MAX_HEAD:
        raise SealError("too_large", "more recipients than a header may hold")
    return header


def derived(key: bytes, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes by HKDF-SHA-256."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """The key of a payload: `nonce` is the 16 bytes that stand before it."""
    return derived(file_key, salt=nonce, info=b"payload")


def bech32_key(text: str) -> bytes:
    """The 32 bytes of an age key in Bech32. Its form and checksum were checked by pyrage before."""
    data = text.lower().rpartition("1")[2][:-6]
    bits = "".join(f"{_BECH32.index(sign):05b}" for sign in data)
    return int(bits[:_KEY_BITS], 2).to_bytes(32)


def _stanza(file_key: bytes, recipient: str) -> bytes:
    try:
        public = bech32_key(str(pyrage.x25519.Recipient.from_str(recipient)))
    except pyrage.RecipientError as error:
        raise SealError("malformed", "not an age recipient") from error
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:  # a point of low order: the shared secret would be known to everybody
        raise SealError("malformed", "not an age recipient") from error
    wrapping = derived(shared, salt=share + public, info=WRAP_INFO)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(WRAP_NONCE, file_key, None)
    return b"-> X25519 " + _unpadded(share) + b"\n" + _unpadded(wrapped) + b"\n"


def _unpadded(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")
