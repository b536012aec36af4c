"""100,000 cameras, 200 random areas: the households found are exactly those of a full scan."""

import math
import random
from uuid import UUID

import numpy as np
import pytest
import shapely
from django.db import connection

from porchlight.core.errors import Refused
from porchlight.core.places import Area, ExactPlace, cell_of, read_area
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action
from porchlight.server.households.access import households_in
from porchlight.server.households.models import Camera, Household

pytestmark = pytest.mark.django_db

CAMERAS, AREAS = 100_000, 200
SOUTH, NORTH, WEST, EAST = 44.00, 44.25, -89.55, -89.20


@action("test.town")
def build(*, rng: random.Random) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three households in four have one camera, the others some; one in ten is not verified. Rows without models: 20 s."""
    now = clock.now()
    households: list[tuple] = []
    cameras: list[tuple] = []
    places: list[tuple[float, float, UUID]] = []
    while len(cameras) < CAMERAS:
        lat, lon = rng.uniform(SOUTH, NORTH), rng.uniform(WEST, EAST)
        own = UUID(int=rng.getrandbits(128), version=4)
        verified = rng.random() >= 0.1
        households.append((own.hex, now, "", lat, lon, "UTC", now if verified else None))
        for _ in range(1 if rng.random() < 0.75 else rng.randint(2, 5)):
            place = ExactPlace(lat + rng.uniform(-0.0015, 0.0015), lon + rng.uniform(-0.002, 0.002))
            camera = UUID(int=rng.getrandbits(128), version=4).hex
            cameras.append((camera, own.hex, "c", "outdoor", place.lat, place.lon, "", cell_of(place), now))
            if verified:
                places.append((place.lon, place.lat, own))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO households_household (id, created_at, address, latitude, longitude, timezone, place_verified_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            households,
        )
        cursor.executemany(
            "INSERT INTO households_camera (id, household_id, name, kind, latitude, longitude, sees, cell, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            cameras,
        )
    lons, lats, ids = zip(*places, strict=True)
    return np.array(lons), np.array(lats), np.array(ids, dtype=object)


def random_area(rng: random.Random) -> Area:
    """A ragged polygon of up to a kilometre across: round, long, notched, as it comes."""
    while True:
        lat, lon = rng.uniform(SOUTH, NORTH), rng.uniform(WEST, EAST)
        corners = rng.randint(3, 40)
        angles = sorted(rng.uniform(0, 2 * math.pi) for _ in range(corners))
        stretch = rng.uniform(0.3, 3)
        ring = []
        for angle in angles:
            far = rng.uniform(100, 700)
            north = far * math.sin(angle) * stretch / 111_000
            east = far * math.cos(angle) / stretch / 111_000 / math.cos(math.radians(lat))
            ring.append([lon + east, lat + north])
        try:
            return read_area({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
        except Refused:
            continue


def test_matching_equals_a_full_scan():
    rng = random.Random(20260314)
    lons, lats, ids = build(rng=rng)
    seen = 0
    for _ in range(AREAS):
        area = random_area(rng)
        inside = shapely.intersects_xy(shapely.Polygon(area.ring), lons, lats)
        expected = set(ids[inside])
        found = list(households_in(area))
        assert len(found) == len(set(found)), "each once"
        assert set(found) == expected
        assert found == sorted(found, key=lambda each: each.hex)
        seen += len(found)
    assert seen > 5_000, "the areas do hold homes"


def test_it_goes_on_behind_a_household():
    rng = random.Random(7)

    @action("test.few")
    def few() -> None:
        place = ExactPlace(44.1, -89.33)
        for _ in range(50):
            household = Household.objects.create(place_verified_at=clock.now())
            Camera.objects.create(
                household=household,
                name="c",
                kind="doorbell",
                latitude=place.lat,
                longitude=place.lon,
                cell=cell_of(place),
            )

    few()
    area = read_area(
        {
            "type": "Polygon",
            "coordinates": [
                [
                    [-89.334, 44.097],
                    [-89.326, 44.097],
                    [-89.326, 44.103],
                    [-89.334, 44.103],
                    [-89.334, 44.097],
                ]
            ],
        }
    )
    whole = list(households_in(area))
    cut = rng.randint(1, 48)
    assert list(households_in(area, after=whole[cut])) == whole[cut + 1 :]
    assert list(households_in(area, after=whole[-1])) == []
