"""How many homes an area holds: a count of public addresses, which says nothing of who lives there or has a camera.

The operator gives the register (`porchlight places import`); without one nobody is told a number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from porchlight.core.places import Area, ExactPlace, contains_each

COLUMNS = ("kind", "name", "zip", "lat", "lon")
_FILE = "addresses.csv"


@dataclass(frozen=True)
class UnreadableRegister(Exception):
    """A line of a register cannot be used; `line` counts from 1, the heading included."""

    line: int


def register_path() -> Path:
    """Where the register lies, there or not."""
    return Path(settings.PORCHLIGHT.data_dir) / _FILE


def homes_in(area: Area) -> int | None:
    """The number of public addresses in the area; None where no register was given."""
    path = register_path()
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    places = _places(path, changed)
    west, south, east, north = area.polygon.bounds
    near = [place for place in places if south <= place.lat <= north and west <= place.lon <= east]
    return sum(contains_each(area, near))


def addresses_in(lines: Iterable[str]) -> list[ExactPlace]:
    """The addresses of a register in CSV; other kinds of places are passed over. Raises UnreadableRegister."""
    reader = csv.DictReader(lines)
    if not {"kind", "lat", "lon"} <= set(reader.fieldnames or ()):
        raise UnreadableRegister(1)
    found = []
    for number, row in enumerate(reader, start=2):
        if row["kind"] != "address":
            continue
        try:
            found.append(ExactPlace(float(row["lat"]), float(row["lon"])))
        except (TypeError, ValueError) as error:
            raise UnreadableRegister(number) from error
    return found


@lru_cache(maxsize=2)
def _places(path: Path, changed: int) -> tuple[ExactPlace, ...]:
    """Read once for each state of the file."""
    del changed
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(addresses_in(file))
