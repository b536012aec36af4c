"""The approvals in the log, as the draw of second looks reads them: from what is hashed, and from nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.core.log_entries import EntryKind
from porchlight.server.transparency.access import tree
from porchlight.server.transparency.models import LogEntry, LogHead

_DECIDED = EntryKind.REQUEST_DECIDED.value


@dataclass(frozen=True)
class Approval:
    """An entry that approves a request."""

    index: int
    request_id: UUID
    round: int


@dataclass(frozen=True)
class Approvals:
    """Those among some entries. `next_index`: where to go on; `more`: whether there is more right now."""

    entries: tuple[Approval, ...]
    next_index: int
    more: bool


def approvals(start: int, limit: int) -> Approvals:
    """The approvals from index `start` on, among at most `limit` decisions."""
    size = _size()
    rows = LogEntry.objects.filter(kind=_DECIDED, index__gte=start, index__lt=size).order_by("index")
    found = list(rows[:limit])
    entries = [each for row in found if (each := _approval(row)) is not None]
    more = len(found) == limit
    reached = found[-1].index if more else None
    return Approvals(tuple(entries), size if reached is None else reached + 1, more)


def root_at(size: int) -> bytes:
    """The root hash of the tree of the first `size` entries. Raises NotFound for more than there are."""
    if size > _size():
        raise NotFound
    return tree.root(size)


def _size() -> int:
    head = LogHead.objects.first()
    return head.size if head else 0


def _approval(row: LogEntry) -> Approval | None:
    body = json.loads(bytes(row.body))
    if body.get("verdict") != "approve" or row.index is None:
        return None
    return Approval(row.index, UUID(body["request"]), int(body["round"]))
