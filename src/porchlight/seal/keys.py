"""The two sorts of keys: age X25519 identities, which open, and Ed25519 keys, which sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from porchlight.seal import fields
from porchlight.seal.errors import SealError

RECIPIENT_PATTERN: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")


@dataclass(frozen=True, slots=True)
class Identity:
    """An age identity: `secret` is `AGE-SECRET-KEY-1…`, `recipient` its public half `age1…`."""

    secret: str = field(repr=False)
    recipient: str


def generate_identity() -> Identity:
    """A fresh identity from the system's randomness."""
    made = pyrage.x25519.Identity.generate()
    return Identity(secret=str(made), recipient=str(made.to_public()))


def read_identity(secret: str) -> Identity:
    """The identity of a secret as typed or stored; white space around it is ignored."""
    try:
        known = pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError as error:
        raise SealError("malformed", "not an age identity") from error
    return Identity(secret=str(known), recipient=str(known.to_public()))


def read_recipient(recipient: str) -> str:
    """The recipient, checked: an X25519 recipient in lower case."""
    try:
        known = str(pyrage.x25519.Recipient.from_str(recipient))
    except pyrage.RecipientError as error:
        raise SealError("malformed", "not an age recipient") from error
    if known != recipient:
        raise SealError("malformed", "an age recipient not in its usual form")
    return known


@dataclass(frozen=True, slots=True)
class Signature:
    """An Ed25519 signature with the key it was made by, both in lower-case hexadecimal."""

    key: str
    signature: str


class SigningKey:
    """An Ed25519 key for one clip or one share, so that signatures link nothing. Not meant to be kept."""

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public: Final = private.public_key().public_bytes_raw().hex()

    @classmethod
    def generate(cls) -> SigningKey:
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key of a 32-byte seed."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, context: str, body: bytes) -> Signature:
        """Sign `body` as a document of the kind `context`, so that it passes for no other kind."""
        return Signature(key=self.public, signature=self._private.sign(signed_bytes(context, body)).hex())


def verify(signature: Signature, context: str, body: bytes) -> None:
    """Raises SealError("bad_signature") unless `signature` is by its key over `body` as a `context`."""
    key = fields.hexadecimal(signature.key, 32)
    made = fields.hexadecimal(signature.signature, 64)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(made), signed_bytes(context, body))
    except (InvalidSignature, ValueError) as error:
        raise SealError("bad_signature", context) from error


def signed_bytes(context: str, body: bytes) -> bytes:
    """What is signed: the line `porchlight/<context>/v1`, a line feed, and the canonical bytes."""
    return f"porchlight/{context}/v1\n".encode() + body
