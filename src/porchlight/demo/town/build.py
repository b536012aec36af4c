"""Alder Falls as a whole: the board filled in and laid on the earth."""

from collections.abc import Iterable
from functools import lru_cache
from math import atan2, degrees, hypot

import numpy as np
from shapely import LineString, Polygon, box, get_parts
from shapely.geometry.polygon import orient

from porchlight.core.places import ExactPlace
from porchlight.demo.town.ground import Ground, along_river, ground
from porchlight.demo.town.homes import Lot, lots, shops
from porchlight.demo.town.network import Way, crossings, network
from porchlight.demo.town.plane import from_metres, lonlat, metres
from porchlight.demo.town.shapes import (
    Civic,
    Green,
    Home,
    Intersection,
    Line,
    Path,
    Ring,
    Street,
    Town,
    Water,
)

SEED = 20180301
HOMES = 2400
NORTH_ZIP, SOUTH_ZIP = "00101", "00102"
SHEET = box(-1400, -1300, 1400, 1300)
TOWN_MIDDLE = (735.0, 420.0)


@lru_cache(maxsize=4)
def alder_falls(seed: int = SEED) -> Town:
    """The town for a seed: the same seed gives the same town, to the last digit."""
    rng = np.random.default_rng(seed)
    land = ground()
    ways = network(land)
    stores = shops(ways, land, rng)
    chosen = sorted(lots(ways, land, stores, rng), key=from_middle)[:HOMES]
    homes = sorted((home_of(lot) for lot in chosen), key=lambda home: (home.street, home.number))
    garages = tuple(sorted(ring_of(lot.garage) for lot in chosen if lot.garage))
    west, south, east, north = SHEET.bounds
    return Town(
        name="Alder Falls",
        state="ZZ",
        streets=tuple(street for way in ways if (street := street_of(way)).lines),
        paths=paths(land),
        waters=(water(land),),
        greens=tuple(Green(name, ring_of(area.exterior.coords)) for name, area in land.greens),
        civics=tuple(
            Civic(name, ring_of(area.exterior.coords), ring_of(house.exterior.coords))
            for name, area, house in land.civics
        ),
        homes=tuple(homes),
        outbuildings=tuple(ring_of(ring) for ring in stores) + garages,
        intersections=tuple(
            Intersection(name, place_of(lonlat(*at))) for name, at in crossings(ways) if on_sheet(at)
        ),
        jurisdiction=ring_of(land.jurisdiction.exterior.coords),
        bounds=(*from_metres(west, south), *from_metres(east, north)),
    )


def from_middle(lot: Lot) -> tuple[float, str, int]:
    """How far out a lot lies: the town stays round when the outermost are left empty."""
    u, v = lot.middle
    return hypot((u - TOWN_MIDDLE[0]) / 1.12, v - TOWN_MIDDLE[1]), lot.street, lot.number


def home_of(lot: Lot) -> Home:
    ring = ring_of(lot.ring)
    zip_code = NORTH_ZIP if lot.north_bank else SOUTH_ZIP
    return Home(lot.number, lot.street, zip_code, place_of(lonlat(*lot.middle)), ring)


def street_of(way: Way) -> Street:
    pieces = (LineString([metres(*at) for at in piece.coords]) for piece in way.pieces)
    return Street(way.name, way.rank, tuple(part for piece in pieces for part in on_earth(piece)))


def on_earth(line: LineString) -> Iterable[Line]:
    """A line in metres, cut at the edge of the sheet and freed of corners that do not show."""
    for part in get_parts(line.intersection(SHEET)):
        if isinstance(part, LineString) and part.length > 1:
            yield tuple(from_metres(*at) for at in part.simplify(0.25).coords)


def paths(land: Ground) -> tuple[Path, ...]:
    walks = [along_river(47, 120, 1480), *land.hill_paths]
    return tuple(
        Path(line) for walk in walks for line in on_earth(LineString([metres(*at) for at in walk.coords]))
    )


def water(land: Ground) -> Water:
    """The river, cut at the edge of the sheet, with a place and a slant for its name."""
    outline = Polygon([metres(*at) for at in land.river.exterior.coords]).intersection(SHEET)
    before, here, after = (metres(u, along_river(0, u - 1, u + 1, 1).coords[1][1]) for u in (430, 500, 570))
    turn = -degrees(atan2(after[1] - before[1], after[0] - before[0]))
    ring = tuple(from_metres(*at) for at in orient(outline).exterior.coords)
    return Water("Alder River", ring, from_metres(*here), round(turn, 1))


def ring_of(corners: Iterable[tuple[float, float]]) -> Ring:
    """A closed ring on the earth, counter-clockwise, that starts where the board's ring starts."""
    points = [lonlat(*corner) for corner in corners]
    if points[0] != points[-1]:
        points.append(points[0])
    area = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(relative(points), relative(points)[1:], strict=False)
    )
    return tuple(points if area > 0 else points[::-1])


def relative(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(lon - points[0][0], lat - points[0][1]) for lon, lat in points]


def place_of(point: tuple[float, float]) -> ExactPlace:
    return ExactPlace(lat=point[1], lon=point[0])


def on_sheet(at: tuple[float, float]) -> bool:
    east, north = metres(*at)
    west, south, far_east, far_north = SHEET.bounds
    return bool(west < east < far_east and south < north < far_north)
