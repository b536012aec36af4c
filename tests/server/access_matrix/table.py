"""Reading the tables: lines of text, written by hand, of which every cell is tried.

    methods   route    object   who        own   foreign  absent

`object` is the kind that varies, `-` none; `a@b`: it varies `a`, and where a route takes several kinds it is given `b`.
`who` are visitors or groups of them, separated by commas. A cell is a status; "sign-in", "set-up" and "confirm" are the
redirects to sign-in, to setting up a second step and to passing it again (or what a script is told instead); "+" says
that something is written; "-" that there is no such object. `*` is every route that has no line of its own for the
visitor and method; `api-*` every one whose name begins so, before `*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

COLUMNS = ("own", "foreign", "absent")


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    methods: tuple[str, ...]
    route: str
    kinds: tuple[str, ...]
    who: tuple[str, ...]
    cells: tuple[str, str, str]
    line: str

    @property
    def is_general(self) -> bool:
        """Whether the line is for many routes."""
        return self.route.endswith("*")

    def fits(self, route: str) -> bool:
        """Whether the line is about this route."""
        return route == self.route or (self.is_general and route.startswith(self.route[:-1]))

    @property
    def expected(self) -> Iterator[tuple[str, str]]:
        """The columns that there are, with what is expected."""
        return (pair for pair in zip(COLUMNS, self.cells, strict=True) if pair[1] != "-")


@dataclass(frozen=True)
class Table:
    """The lines of one side."""

    side: str
    rows: tuple[Row, ...]

    def rows_of(self, route: str, method: str, visitor: str) -> list[Row]:
        """The lines for this; those that name the route win over those for many, and these over those for all."""
        fitting = [
            row for row in self.rows if method in row.methods and visitor in row.who and row.fits(route)
        ]
        own = [row for row in fitting if row.route == route]
        return own or [row for row in fitting if row.route != "*"] or fitting

    def __add__(self, other: Table) -> Table:
        return Table(self.side, self.rows + other.rows)


def read(side: str, text: str, groups: Mapping[str, str]) -> Table:
    """The table of a side; raises ValueError for a line that is none."""
    return Table(side, tuple(_row(line, groups) for line in text.splitlines() if _counts(line)))


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _row(line: str, groups: Mapping[str, str]) -> Row:
    methods, route, kind, who, own, foreign, absent = line.split()
    visitors = tuple(each for name in who.split(",") for each in groups.get(name, name).split())
    kinds = tuple(kind.split("@")) if kind not in {"*", "-"} else ()
    return Row(
        tuple(methods.split(",")), route, kinds, visitors, (own, foreign, absent), " ".join(line.split())
    )
