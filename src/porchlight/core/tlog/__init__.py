"""The public log: an RFC 6962 tree, kept and signed in the C2SP formats.

Pure: hashes and texts in, hashes and texts out. Signing and checking signatures are passed in.
"""

from porchlight.core.tlog.checkpoints import Checkpoint, checkpoint_body, parse_checkpoint, sign_checkpoint
from porchlight.core.tlog.notes import (
    Note,
    Signature,
    key_id,
    open_note,
    parse_note,
    parse_verifier_key,
    sign_note,
    verifier_key,
)
from porchlight.core.tlog.proofs import TlogProof, format_proof, parse_proof, verify_proof
from porchlight.core.tlog.texts import MalformedNote
from porchlight.core.tlog.tiles import entry_bundles, hash_tiles, tile_path
from porchlight.core.tlog.tree import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "MalformedNote",
    "Note",
    "Signature",
    "TlogProof",
    "checkpoint_body",
    "consistency_proof",
    "entry_bundles",
    "format_proof",
    "hash_tiles",
    "inclusion_proof",
    "key_id",
    "leaf_hash",
    "node_hash",
    "open_note",
    "parse_checkpoint",
    "parse_note",
    "parse_proof",
    "parse_verifier_key",
    "root",
    "sign_checkpoint",
    "sign_note",
    "tile_path",
    "verifier_key",
    "verify_consistency",
    "verify_inclusion",
    "verify_proof",
]
