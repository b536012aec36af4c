"""Who did what with a share: the same chain for the agency and, without the officers' ids, for the owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from porchlight.core import custody as chains
from porchlight.core.custody import Observed
from porchlight.core.visibility import Actor
from porchlight.server.disclosures.access.shares import row_for
from porchlight.server.disclosures.models import CustodyEntry


@dataclass(frozen=True)
class CustodyLine:
    """One act. `name` is the officer's, empty for the owner's and the platform's acts (`actor` says which)."""

    number: int
    at: datetime
    event: str
    actor: str
    name: str
    seen_by_server: bool
    facts: Mapping[str, Any]
    hash: str


@dataclass(frozen=True)
class Custody:
    """All acts, oldest first. `unbroken`: every entry carries the fingerprint of the one before."""

    lines: tuple[CustodyLine, ...]
    unbroken: bool


def custody(actor: Actor, share_id: UUID) -> Custody:
    """Raises NotFound for a share the person may not read. Who may read a share may read its custody."""
    return _custody(row_for(actor, share_id).pk)


def custody_for_owner(share_id: UUID) -> Custody:
    """For the household whose share it is; the caller has checked that."""
    return _custody(share_id)


def _custody(share_id: UUID) -> Custody:
    rows = list(CustodyEntry.objects.filter(share_id=share_id).order_by("sequence"))
    unbroken = bool(chains.verify(str(share_id), [_entry(row) for row in rows]))
    return Custody(tuple(_line(row) for row in rows), unbroken)


def _entry(row: CustodyEntry) -> chains.CustodyEntry:
    return chains.CustodyEntry(
        chain=str(row.share_id),
        number=row.sequence,
        at=row.at,
        act=row.event,
        actor=row.actor,
        observed=Observed(row.observed),
        previous=row.previous_hash,
        hash=row.hash,
        facts=row.facts,
    )


def _line(row: CustodyEntry) -> CustodyLine:
    return CustodyLine(
        number=row.sequence + 1,
        at=row.at,
        event=row.event,
        actor=row.actor if row.actor in {"owner", "platform"} else "officer",
        name=str(row.facts.get("name", "")),
        seen_by_server=row.observed == Observed.BY_SERVER,
        facts={key: value for key, value in row.facts.items() if key != "name"},
        hash=row.hash,
    )
