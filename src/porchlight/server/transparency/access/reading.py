"""Entries, checkpoints and proofs. Only what has its place under a signed checkpoint is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from porchlight.core import tlog
from porchlight.core.errors import NotFound
from porchlight.server.transparency.access import log_key, tree
from porchlight.server.transparency.models import Checkpoint as CheckpointRow
from porchlight.server.transparency.models import LogEntry

BATCH = 256
_INDEX_MAX = 2**63 - 1


@dataclass(frozen=True)
class Entry:
    """One entry in its place. `body` is exactly what is hashed."""

    index: int
    kind: str
    subject_id: UUID | None
    body: bytes
    created_at: datetime

    @property
    def fields(self) -> dict[str, Any]:
        """The body, read."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement of how long the log is and what its root is."""

    size: int
    note: str
    signed_at: datetime


@dataclass(frozen=True)
class Logged:
    """An entry (exactly the bytes that are hashed), its proof and the log's key: what an owner's browser checks."""

    entry: bytes
    proof: str
    verifier_key: str


@dataclass(frozen=True)
class Opened:
    """The nonces of one entry's hidden fields: with the value, anyone can check the hash."""

    index: int
    nonces: Mapping[str, str]


def latest_checkpoint() -> Checkpoint | None:
    """The newest one; None before the log's first second."""
    row = CheckpointRow.objects.order_by("-size").first()
    return Checkpoint(row.size, row.note, row.signed_at) if row else None


def checkpoint() -> str | None:
    """The newest signed note."""
    latest = latest_checkpoint()
    return latest.note if latest else None


def log_size() -> int:
    """How many entries the newest checkpoint covers."""
    latest = latest_checkpoint()
    return latest.size if latest else 0


def verifier_key() -> str:
    """`origin+keyid+key`, the form that C2SP tools read."""
    return tlog.verifier_key(log_key.origin(), log_key.signing_key().public_key().public_bytes_raw())


def entries(start: int, limit: int = BATCH) -> list[Entry]:
    """Up to `limit` (at most 256) entries from index `start` on."""
    if start > _INDEX_MAX:
        return []
    rows = LogEntry.objects.filter(index__gte=start).order_by("index")[: min(limit, BATCH)]
    return [_entry(row) for row in rows]


def entry(index: int) -> Entry:
    """Raises NotFound for an index that is not given yet."""
    row = LogEntry.objects.filter(index=index).first() if index <= _INDEX_MAX else None
    if row is None:
        raise NotFound
    return _entry(row)


def entries_about(subject_id: UUID) -> list[Entry]:
    """Every entry about this subject that has its place, oldest first."""
    rows = LogEntry.objects.filter(subject_id=subject_id, index__isnull=False).order_by("index")
    return [_entry(row) for row in rows]


def latest_about(noun: str, limit: int) -> list[Entry]:
    """The newest entries whose kind begins with this noun, newest first."""
    rows = LogEntry.objects.filter(kind__startswith=f"{noun}.", index__isnull=False).order_by("-index")
    return [_entry(row) for row in rows[:limit]]


def is_logged(subject_id: UUID, kind: str) -> bool:
    """Whether the newest entry of this kind about the subject is in the log already."""
    row = _newest(subject_id, kind)
    return row is not None and row.index is not None


def logged(subject_id: UUID, kind: str) -> Logged | None:
    """The newest entry of this kind about the subject with all that proves it; None while it has no place yet."""
    row = _newest(subject_id, kind)
    proof = proof_for(subject_id, kind)
    return Logged(bytes(row.body), proof, verifier_key()) if row is not None and proof is not None else None


def proof_for(subject_id: UUID, kind: str | None = None) -> str | None:
    """The newest entry of `kind` (of any, for None) about the subject, proven: `c2sp.org/tlog-proof@v1` text.

    Its `extra` line holds the entry itself. None when there is none or it has not got its place yet.
    """
    row = _newest(subject_id, kind)
    latest = latest_checkpoint()
    if row is None or row.index is None or latest is None or row.index >= latest.size:
        return None
    return tlog.format_proof(row.index, tree.proof(row.index, latest.size), latest.note, bytes(row.body))


def proof_of(index: int, size: int | None = None) -> str | None:
    """That the entry at this index is in the log, as `proof_for` writes it, under the newest checkpoint or that of `size`.

    None for an index that is not under that checkpoint, and for a size that the log never signed.
    """
    row = LogEntry.objects.filter(index=index).first() if index <= _INDEX_MAX else None
    sized = CheckpointRow.objects.order_by("-size")
    under = sized.first() if size is None else sized.filter(size=min(size, _INDEX_MAX)).first()
    if row is None or under is None or index >= under.size:
        return None
    return tlog.format_proof(index, tree.proof(index, under.size), under.note, bytes(row.body))


def openings(subject_id: UUID, kind: str) -> Opened | None:
    """The nonces of the newest entry of this kind; the caller has decided that the hidden fields are public."""
    row = _newest(subject_id, kind)
    return Opened(row.index, row.nonces) if row is not None and row.index is not None else None


def _newest(subject_id: UUID, kind: str | None) -> LogEntry | None:
    rows = LogEntry.objects.filter(subject_id=subject_id)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows.order_by("-id").first()


def _entry(row: LogEntry) -> Entry:
    assert row.index is not None  # noqa: S101 - the queries above ask for it
    return Entry(row.index, row.kind, row.subject_id, bytes(row.body), row.created_at)
