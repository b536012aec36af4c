"""Reads of the public log. All of it is public but the nonces of hidden fields."""

from porchlight.server.transparency.access.log_key import LogKeyMissing, origin, signing_key
from porchlight.server.transparency.access.reading import (
    BATCH,
    Checkpoint,
    Entry,
    Opened,
    checkpoint,
    entries,
    entry,
    is_logged,
    latest_checkpoint,
    log_size,
    openings,
    proof_for,
    verifier_key,
)

__all__ = [
    "BATCH",
    "Checkpoint",
    "Entry",
    "LogKeyMissing",
    "Opened",
    "checkpoint",
    "entries",
    "entry",
    "is_logged",
    "latest_checkpoint",
    "log_size",
    "openings",
    "origin",
    "proof_for",
    "signing_key",
    "verifier_key",
]
