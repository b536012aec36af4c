"""Proofs that stand alone (c2sp.org/tlog-proof@v1): an entry's place, the path to the root, and the signed checkpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from porchlight.core.reasons import Decision, reason
from porchlight.core.tlog.checkpoints import parse_checkpoint
from porchlight.core.tlog.notes import Verify, open_note
from porchlight.core.tlog.texts import MalformedNote, decoded, encoded
from porchlight.core.tlog.tree import HASH_BYTES, leaf_hash, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "


@dataclass(frozen=True)
class TlogProof:
    """`checkpoint` is the signed note; `extra` is covered by no signature."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None


def format_proof(index: int, hashes: Sequence[bytes], checkpoint: str, extra: bytes | None = None) -> str:
    """The text of a proof; `checkpoint` is a whole signed note."""
    lines = [HEADER]
    if extra is not None:
        lines.append(_EXTRA + encoded(extra))
    lines.append(f"index {index}")
    lines += [encoded(each) for each in hashes]
    return "\n".join(lines) + "\n\n" + checkpoint


def parse_proof(text: str) -> TlogProof:
    """The parts of a proof, nothing verified. Raises MalformedNote."""
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != HEADER:
        raise MalformedNote("not a tlog-proof")
    lines = lines[1:]
    extra = None
    if lines and lines[0].startswith(_EXTRA):
        extra = decoded(lines.pop(0).removeprefix(_EXTRA))
    found = _INDEX.fullmatch(lines[0]) if lines else None
    if found is None or len(lines) - 1 > MOST_HASHES:
        raise MalformedNote("no index, or a path that is too long")
    hashes = tuple(decoded(line) for line in lines[1:])
    if any(len(each) != HASH_BYTES for each in hashes):
        raise MalformedNote("a hash of the path is not 32 bytes")
    return TlogProof(int(found[1]), hashes, checkpoint, extra)


def verify_proof(text: str, entry: bytes, *, origin: str, verifiers: Mapping[str, Verify]) -> Decision:
    """Whether the log of this origin holds this entry, by a checkpoint that one of the keys signed."""
    try:
        proof = parse_proof(text)
        checkpoint = parse_checkpoint(open_note(proof.checkpoint, verifiers).text)
    except MalformedNote as error:
        return Decision.unless(reason("log_proof_not_valid", fault=str(error)))
    if checkpoint.origin != origin:
        return Decision.unless(reason("log_proof_of_another_log"))
    held = verify_inclusion(
        leaf_hash(entry),
        index=proof.index,
        size=checkpoint.size,
        proof=proof.hashes,
        root_hash=checkpoint.root,
    )
    return Decision.unless(None if held else reason("log_proof_not_included"))
