"""Long lists in parts: after a place in the order, never by counting rows. The same queries however long the list."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Part(Generic[Item]):
    """Some items of a list, and the cursor of those that follow; empty at the end."""

    items: tuple[Item, ...]
    next: str

    def of(self, make: Callable[[Item], Any]) -> Part[Any]:
        """The same part with each item made into something else."""
        return Part(tuple(make(each) for each in self.items), self.next)


def newest_first(rows: QuerySet[Row], moment: str, cursor: str, limit: int) -> Part[Row]:
    """At most `limit` rows, by `moment` (newest first) and id, that come after `cursor`; "" begins.

    Raises Refused("cursor_unknown") for a cursor that this list never gave.
    """
    ordered = rows.order_by(f"-{moment}", "pk")
    if cursor:
        at, last = _read(cursor)
        ordered = ordered.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at}, pk__gt=last))
    found = list(ordered[: limit + 1])
    more = len(found) > limit
    return Part(tuple(found[:limit]), _write(found[limit - 1], moment) if more else "")


def _write(row: Row, moment: str) -> str:
    at: datetime = getattr(row, moment)
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{row.pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, UUID]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, _bar, last = base64.urlsafe_b64decode(padded).decode("ascii").partition("|")
        moment, row = datetime.fromisoformat(at), UUID(last)
    except (ValueError, binascii.Error) as error:
        raise Refused((reason("cursor_unknown"),)) from error
    if moment.tzinfo is None:
        raise Refused((reason("cursor_unknown"),))
    return moment, row
