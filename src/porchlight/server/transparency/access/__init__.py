"""Reads of the public log. All of it is public but the nonces of hidden fields."""

from porchlight.server.transparency.access.approvals import (
    Approval,
    Approvals,
    approvals,
    root_at,
)
from porchlight.server.transparency.access.log_key import LogKeyMissing, origin, signing_key
from porchlight.server.transparency.access.reading import (
    BATCH,
    Checkpoint,
    Entry,
    Logged,
    Opened,
    checkpoint,
    entries,
    entries_about,
    entry,
    is_logged,
    latest_about,
    latest_checkpoint,
    log_size,
    logged,
    openings,
    proof_for,
    verifier_key,
)
from porchlight.server.transparency.access.salting import plain, salted

__all__ = [
    "BATCH",
    "Approval",
    "Approvals",
    "Checkpoint",
    "Entry",
    "LogKeyMissing",
    "Logged",
    "Opened",
    "approvals",
    "checkpoint",
    "entries",
    "entries_about",
    "entry",
    "is_logged",
    "latest_about",
    "latest_checkpoint",
    "log_size",
    "logged",
    "openings",
    "origin",
    "plain",
    "proof_for",
    "root_at",
    "salted",
    "signing_key",
    "verifier_key",
]
