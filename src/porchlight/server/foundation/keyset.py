"""Long lists, a page at a time, by what the last row shown was and not by how many came before.

A link to a page goes on meaning the same place while rows are added, and costs the same however deep it lies. The link
holds the last row's values in the list's order, which its reader has just seen; a link that is malformed shows the
first page. What may be seen is decided by the query, never by the link.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet

from porchlight.core.clock import in_utc

T = TypeVar("T")
U = TypeVar("U")
M = TypeVar("M", bound=Model)
SIZE = 50
_MOST_CHARACTERS = 600


@dataclass(frozen=True)
class Page(Generic[T]):
    """`after`: the link that led here, empty for the first page. `next`: the link to what follows, empty at the end."""

    rows: tuple[T, ...]
    after: str = ""
    next: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def each(self, change: Callable[[T], U]) -> Page[U]:
        """The same page of other things, one for each row."""
        return Page(tuple(change(row) for row in self.rows), self.after, self.next)

    def of(self, rows: tuple[U, ...]) -> Page[U]:
        """The same place with what the rows became together."""
        return Page(rows, self.after, self.next)


def page(rows: QuerySet[M], *, order: tuple[str, ...], after: str = "", size: int = SIZE) -> Page[M]:
    """Up to `size` rows behind the link `after`. One query.

    `order` names columns of the model itself, "-" before those that go down; together they tell any two rows apart, and
    none of them is null in these rows.
    """
    values = _read(rows.model, order, after)
    behind = rows if values is None else rows.filter(_behind(order, values))
    found = list(behind.order_by(*order)[: size + 1])
    shown = tuple(found[:size])
    onward = _link(shown[-1], order) if len(found) > size else ""
    return Page(shown, after if values is not None else "", onward)


def _behind(order: tuple[str, ...], values: list[Any]) -> Q:
    """In the order of several columns: past the first, or level with it and past the second, and so on."""
    found, level = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column = name.lstrip("-")
        past = Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        found |= level & past
        level &= Q(**{column: value})
    return found


def _link(row: Model, order: tuple[str, ...]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    text = json.dumps(plain, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(model: type[Model], order: tuple[str, ...], after: str) -> list[Any] | None:
    """The values in a link; None for no link and for one that this list never made."""
    if not after or len(after) > _MOST_CHARACTERS or not after.isascii():
        return None
    try:
        found = json.loads(base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(found, list) or len(found) != len(order):
        return None
    try:
        return [
            _value(model._meta.get_field(name.lstrip("-")), value)  # noqa: SLF001 - Django's own name for it
            for name, value in zip(order, found, strict=True)
        ]
    except (ValidationError, ValueError, TypeError, OverflowError, FieldDoesNotExist):
        return None


def _value(field: Field[Any, Any] | Any, value: object) -> Any:
    """The value as the column takes it. Raises ValueError or ValidationError for one that the column cannot hold."""
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return in_utc(datetime.fromisoformat(str(value)))
    if kind == "UUIDField":
        return UUID(str(value))
    if kind == "BooleanField":
        if not isinstance(value, bool):
            raise TypeError("not a truth value")
        return value
    if kind == "CharField" and isinstance(value, str) and not _unstorable(value):
        return value
    raise ValueError(f"no order by {kind}")


def _unstorable(text: str) -> bool:
    """PostgreSQL keeps no NUL, and no encoding knows a lone surrogate."""
    return "\0" in text or any("\ud800" <= each <= "\udfff" for each in text)
