"""Which pages there are to look at: every GET route that answers somebody with 200, from the tables of the access matrix.

The matrix fails where a route of the resolver has no line, so a new page is looked at here from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.server.access_matrix.routes import Route, routes
from tests.server.access_matrix.table import Row
from tests.server.access_matrix.tables import TABLES, visitors_of

ROUTES = {side: routes(side) for side in TABLES}
ANSWERED = {"200", "200+"}
# Whose page it is, before whoever else may see it too.
FIRST = ("home", "housemate", "officer", "confirmed", "reviewer", "operator", "admin")


@dataclass(frozen=True)
class Visit:
    """A page as one visitor sees it. `kinds`: the object that it is about, where it may be about several."""

    side: str
    route: Route
    visitor: str
    kinds: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join((self.side, self.route.name, self.visitor, *self.kinds))


def visits(side: str) -> list[Visit]:
    """Every route of a side that answers, once for each kind of object; and what it says to nobody, where it does."""
    return [visit for route in ROUTES[side].values() for visit in _of(side, route)]


def first_sights(side: str) -> list[Visit]:
    """Each page once for each kind of object, as whose page it is sees it."""
    first: dict[tuple[str, tuple[str, ...]], Visit] = {}
    for visit in visits(side):
        first.setdefault((visit.route.name, visit.kinds), visit)
    return list(first.values())


def without_parameters(side: str) -> list[Visit]:
    """The pages that need no object, and so can be empty."""
    return [visit for visit in visits(side) if not visit.route.parameters]


def _of(side: str, route: Route) -> Iterator[Visit]:
    seen: set[tuple[bool, tuple[str, ...]]] = set()
    for visitor in sorted(visitors_of(side, route.name), key=_rank):
        if visitor.startswith("carried_") or visitor in {"closed", "left", "locked"}:
            continue
        for row in TABLES[side].rows_of(route.name, "GET", visitor):
            mark = (visitor == "nobody", row.kinds)
            if row.cells[0] in ANSWERED and mark not in seen:
                seen.add(mark)
                yield Visit(side, route, visitor, _kinds(row))


def _kinds(row: Row) -> tuple[str, ...]:
    return row.kinds


def _rank(visitor: str) -> int:
    return FIRST.index(visitor) if visitor in FIRST else len(FIRST)
