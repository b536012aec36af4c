"""Checkpoints (c2sp.org/tlog-checkpoint): the log's name, its size and its root, signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from porchlight.core.tlog.notes import Sign, sign_note
from porchlight.core.tlog.texts import MalformedNote, decoded, encoded
from porchlight.core.tlog.tree import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LEAST_LINES = 3


@dataclass(frozen=True)
class Checkpoint:
    """`extensions`: further lines, which say what the log's own format says."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def checkpoint_body(origin: str, size: int, root: bytes) -> str:
    """The text that is signed. Raises ValueError for an origin of several lines, or a root that is none."""
    if not origin or "\n" in origin or size < 0 or len(root) != HASH_BYTES:
        raise ValueError("a checkpoint has an origin of one line, a size and a root of 32 bytes")
    return f"{origin}\n{size}\n{encoded(root)}\n"


def sign_checkpoint(origin: str, size: int, root: bytes, *, public_key: bytes, sign: Sign) -> str:
    """The signed note; the log signs under its origin."""
    return sign_note(checkpoint_body(origin, size, root), origin, public_key, sign)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text, without its signatures. Raises MalformedNote."""
    lines = text.split("\n")
    if len(lines) <= _LEAST_LINES or lines.pop() != "" or not all(lines):
        raise MalformedNote("a checkpoint has at least three lines, none of them empty")
    origin, size, root_text, *extensions = lines
    if not _SIZE.fullmatch(size):
        raise MalformedNote("the size is not a decimal number")
    root = decoded(root_text)
    if len(root) != HASH_BYTES:
        raise MalformedNote("the root is not 32 bytes")
    return Checkpoint(origin, int(size), root, tuple(extensions))
