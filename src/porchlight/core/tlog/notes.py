"""Signed notes (c2sp.org/signed-note) with Ed25519 keys: a text and the signatures under it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from porchlight.core.tlog.texts import MalformedNote, decoded, encoded

ED25519 = 0x01
KEY_ID_BYTES = 4
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64
_DASH = "\u2014 "
MOST_NOTE_CHARACTERS = 1_000_000
MOST_SIGNATURES = 100

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""Called with (signature, message)."""


@dataclass(frozen=True)
class Signature:
    """One line under a note; `key_id` is 4 bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """`text` ends in a line end and is what was signed."""

    text: str
    signatures: tuple[Signature, ...]


def key_id(name: str, public_key: bytes) -> bytes:
    """The 4 bytes that tell this Ed25519 key under this name from others."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([ED25519]) + public_key).digest()[:KEY_ID_BYTES]


def verifier_key(name: str, public_key: bytes) -> str:
    """The text in which the key is published: name+id+key. Raises ValueError for a name or key that can't be one."""
    if not _is_name(name) or len(public_key) != PUBLIC_KEY_BYTES:
        raise ValueError("a verifier key has a name without blanks or plus signs, and 32 bytes")
    return f"{name}+{key_id(name, public_key).hex()}+{encoded(bytes([ED25519]) + public_key)}"


def parse_verifier_key(text: str) -> tuple[str, bytes]:
    """(name, public key). Raises MalformedNote, also if the id does not belong to name and key."""
    name, _, rest = text.strip().partition("+")
    hex_id, _, key_text = rest.partition("+")
    key = decoded(key_text)
    if not _is_name(name) or len(key) != 1 + PUBLIC_KEY_BYTES or key[0] != ED25519:
        raise MalformedNote("not an Ed25519 verifier key")
    if key_id(name, key[1:]).hex() != hex_id:
        raise MalformedNote("the key's id is not that of the key")
    return name, key[1:]


def sign_note(text: str, name: str, public_key: bytes, sign: Sign) -> str:
    """The note with one signature. `text` must end in a line end and hold no other control character."""
    if not _is_text(text) or not _is_name(name):
        raise ValueError("a note is lines of text, signed under a name without blanks or plus signs")
    signed = encoded(key_id(name, public_key) + sign(text.encode()))
    return f"{text}\n{_DASH}{name} {signed}\n"


def parse_note(note: str) -> Note:
    """The text and all signatures, unverified. Raises MalformedNote."""
    if len(note) > MOST_NOTE_CHARACTERS:
        raise MalformedNote("the note is too long")
    text, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise MalformedNote("no signatures after the text")
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES or not _is_text(text + "\n"):
        raise MalformedNote("not a note's text and signatures")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def open_note(note: str, verifiers: Mapping[str, Verify]) -> Note:
    """The note with only the signatures that verify. Raises MalformedNote if none does, or if a known key's fails.

    `verifiers`: by verifier key text. A signature of an unknown key is left out, as the format says.
    """
    parsed = parse_note(note)
    known = {}
    for text, verify in verifiers.items():
        name, public_key = parse_verifier_key(text)
        known[name, key_id(name, public_key)] = verify
    good = []
    for signature in parsed.signatures:
        found = known.get((signature.name, signature.key_id))
        if found is None:
            continue
        if len(signature.signature) != SIGNATURE_BYTES:
            raise MalformedNote("a signature of a known key has the wrong length")
        if not found(signature.signature, parsed.text.encode()):
            raise MalformedNote("a signature of a known key does not verify")
        good.append(signature)
    if not good:
        raise MalformedNote("no known key signed this")
    return Note(parsed.text, tuple(good))


def _signature(line: str) -> Signature:
    name, _, signature = line.removeprefix(_DASH).partition(" ")
    content = decoded(signature)
    if not line.startswith(_DASH) or not _is_name(name) or len(content) <= KEY_ID_BYTES:
        raise MalformedNote("not a signature line")
    return Signature(name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])


def _is_name(name: str) -> bool:
    return (
        bool(name) and "+" not in name and not any(each.isspace() or not each.isprintable() for each in name)
    )


def _is_text(text: str) -> bool:
    """Lines that can be written in UTF-8, without control characters."""
    whole = not any("\ud800" <= each <= "\udfff" or (each < " " and each != "\n") for each in text)
    return whole and text.endswith("\n")
