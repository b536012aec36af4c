"""Households with cameras along streets, written past the ORM; `bench.matching` asks the product's own query about them.

Towns lie in a square of land, each a grid of streets with a camera at some of the houses, so that cells are very unequally
full. Ten times the cameras stand on ten times the land. The same seed gives the same cameras on every database.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID, uuid4

SOUTH, WEST = 40.0, -95.0
_DEGREE_M: Final = 111_320
# A town of this size holds this many cameras: as many to a square mile as a city of 12,000 homes would have.
TOWN_M: Final = 4_000
TOWN_CAMERAS: Final = 10_000
_BLOCK_M: Final = 90
_SECOND_CAMERA: Final = 0.25
_RARE: Final = 0.05

Row = tuple[Any, ...]


def side_m(cameras: int) -> float:
    """The side of the square of land for that many cameras; a third of it is town."""
    return math.sqrt(cameras / TOWN_CAMERAS * 3) * TOWN_M


def metres(east: float, north: float) -> tuple[float, float]:
    """(lat, lon) of a place so far from the south-west corner."""
    lat = SOUTH + north / _DEGREE_M
    return lat, WEST + east / (_DEGREE_M * math.cos(math.radians(SOUTH)))


def towns(cameras: int, dice: random.Random) -> list[tuple[float, float]]:
    """The south-west corners of the towns."""
    span = side_m(cameras) - TOWN_M
    return [(dice.uniform(0, span), dice.uniform(0, span)) for _ in range(cameras // TOWN_CAMERAS)]


def places(cameras: int) -> Iterator[tuple[int, float, float]]:
    """(number of the household, lat, lon) of each camera, street by street."""
    dice = random.Random(cameras)
    household = 0
    for east, north in towns(cameras, dice):
        for number in range(TOWN_CAMERAS):
            if number == 0 or dice.random() > _SECOND_CAMERA:
                household += 1
                along = dice.uniform(0, TOWN_M)
                street = (
                    dice.randrange(TOWN_M // _BLOCK_M) * _BLOCK_M + dice.choice((-12, 12)) + dice.gauss(0, 2)
                )
                spot = (along, street) if dice.random() < 0.5 else (street, along)
            at = metres(east + spot[0] + dice.gauss(0, 4), north + spot[1] + dice.gauss(0, 4))
            yield household, *at


def fill(cameras: int) -> None:
    """Write all of it into the installation's database (the environment's), in bulk."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    from porchlight.server.foundation.actions import housekeeping  # noqa: PLC0415 - as above

    with housekeeping("bench.fill"):
        _write(connection, list(_homes(cameras)))


def _homes(cameras: int) -> Iterator[tuple[Row, list[Row], bool]]:
    """(household, its cameras, whether it opted out of everything)."""
    from porchlight.core.places import ExactPlace, cell_of  # noqa: PLC0415 - after the set-up

    dice, now = random.Random(7), datetime.now(UTC)

    def name() -> UUID:
        return UUID(int=dice.getrandbits(128), version=4)

    for _, group in groupby(places(cameras), key=itemgetter(0)):
        home, own = name(), []
        for _, lat, lon in group:
            cell = cell_of(ExactPlace(lat, lon))
            own.append((name(), home, "Door", "doorbell", lat, lon, "", cell, now))
        verified = None if dice.random() < _RARE else now
        yield (home, now, "", lat, lon, "UTC", verified), own, dice.random() < _RARE


def _write(connection: Any, homes: list[tuple[Row, list[Row], bool]]) -> None:
    tables = [
        (
            "households_household",
            "id, created_at, address, latitude, longitude, timezone, place_verified_at",
            [home for home, _, _ in homes],
        ),
        (
            "households_camera",
            "id, household_id, name, kind, latitude, longitude, sees, cell, created_at",
            [camera for _, cameras, _ in homes for camera in cameras],
        ),
        (
            "households_optout",
            "id, household_id, scope, value, created_at",
            [(uuid4(), home[0], "all", "", home[1]) for home, _, out in homes if out],
        ),
    ]
    connection.ensure_connection()
    raw = connection.connection
    for table, columns, rows in tables:
        if connection.vendor == "postgresql":
            with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" for _ in columns.split(","))
            raw.execute("BEGIN")
            statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - the names above
            raw.executemany(statement, map(_for_sqlite, rows))
            raw.execute("COMMIT")
    if connection.vendor == "postgresql":
        # What the server's own housekeeping does within minutes.
        raw.execute("VACUUM ANALYZE households_household, households_camera, households_optout")


def _for_sqlite(row: Row) -> Row:
    return tuple(
        each.hex
        if isinstance(each, UUID)
        else str(each.replace(tzinfo=None))
        if isinstance(each, datetime)
        else each
        for each in row
    )
