"""What is kept of a share on the agency's side, for the household whose share it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from porchlight.core.lifecycle import ShareState
from porchlight.server.disclosures.models import Share


@dataclass(frozen=True)
class Kept:
    """How large the locked video is, until when it is kept at the longest, and whether it still is."""

    size: int
    expires_at: datetime
    state: ShareState

    @property
    def standing(self) -> bool:
        """Whether an officer who holds the key can still open it here."""
        return self.state is ShareState.ACTIVE


def kept_for_owner(share_ids: Collection[UUID]) -> dict[UUID, Kept]:
    """For the household whose shares they are; the caller has checked that."""
    rows = Share.objects.filter(pk__in=share_ids).only("sealed_size", "expires_at", "state")
    return {row.pk: Kept(row.sealed_size, row.expires_at, ShareState(row.state)) for row in rows}
