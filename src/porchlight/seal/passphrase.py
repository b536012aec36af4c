"""Wrapping under a generated passphrase: an age file with a scrypt stanza of work factor 2^17, as ASCII text.

Written out here because pyrage picks the work factor by the speed of the machine at hand (2^19 or more), which a
telephone's browser cannot open: 2^19 takes 512 MB.
"""

from __future__ import annotations

import base64
import re
import secrets
import textwrap
import unicodedata
from typing import Final

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from porchlight.seal.errors import SealError
from porchlight.seal.payload import CHUNK, FIRST_LINE, NONCE

WORK_FACTOR: Final = 17
WORDS: Final = 6
MAX_PASSPHRASE: Final = 256
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_ONLY_CHUNK: Final = bytes(11) + b"\x01"


def normalise(typed: str) -> str:
    """A passphrase as it is fed to scrypt: NFKD, lower case, its words joined by single spaces.

    Spaces, hyphens, commas and full stops in any number part words, so that it opens as copied by hand.
    """
    words = re.split(r"[\s\ufeff\-\u2010-\u2015.,]+", unicodedata.normalize("NFKD", typed).lower())
    normal = " ".join(word for word in words if word)
    if not normal:
        raise SealError("malformed", "an empty passphrase")
    if len(normal.encode()) > MAX_PASSPHRASE:
        raise SealError("too_large", f"a passphrase over {MAX_PASSPHRASE} bytes")
    return normal


def wrap_identity_with_passphrase(secret: str, passphrase: str) -> str:
    """An identity's secret under a passphrase as typed: an armored age file, as `unwrap_with_passphrase` opens it."""
    return wrap_with_passphrase(f"{secret}\n".encode(), passphrase)


def wrap_with_passphrase(plain: bytes, passphrase: str, *, work_factor: int = WORK_FACTOR) -> str:
    """`plain`, at most 64 KiB and not empty, as an armored age file that the normalised passphrase opens."""
    if not 0 < len(plain) <= CHUNK:
        raise SealError("too_large", "only one chunk is wrapped under a passphrase")
    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(NONCE)
    wrapping = Scrypt(salt=_LABEL + salt, length=32, n=1 << work_factor, r=8, p=1)
    wrapped = ChaCha20Poly1305(wrapping.derive(normalise(passphrase).encode())).encrypt(
        bytes(12), file_key, None
    )
    unsigned = FIRST_LINE + f"-> scrypt {_base64(salt)} {work_factor}\n{_base64(wrapped)}\n---".encode()
    mac = hmac.HMAC(_derived(file_key, b"", b"header"), hashes.SHA256())
    mac.update(unsigned)
    header = unsigned + f" {_base64(mac.finalize())}\n".encode()
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(_ONLY_CHUNK, plain, None)
    return _armored(header + nonce + payload)


def _derived(file_key: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=label).derive(file_key)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _armored(data: bytes) -> str:
    lines = textwrap.wrap(base64.b64encode(data).decode(), 64)
    return "\n".join(["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""])
