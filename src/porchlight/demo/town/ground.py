"""The lie of the land on the board: where the streets stand, the river, the parks and the public places."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from shapely import LineString, Point, Polygon, box
from shapely.affinity import translate

from porchlight.demo.town.plane import wave

NORTH_STREETS: Final = (
    "Ferry Street",
    "Tannery Street",
    "Cooper Street",
    "Hazel Street",
    "Mill Street",
    "Orchard Street",
    "Main Street",
    "Birch Street",
    "Larch Street",
    "Chapel Street",
    "Linden Street",
    "Foundry Street",
    "Aspen Street",
    "Walnut Street",
    "Sawyer Street",
)
AVENUES: Final = (
    "First Avenue",
    "Second Avenue",
    "Third Avenue",
    "Fourth Avenue",
    "Fifth Avenue",
    "Sixth Avenue",
    "Quarry Road",
    "Ridge Avenue",
    "Summit Avenue",
)
BRIDGES: Final = frozenset({"Ferry Street", "Main Street", "Foundry Street"})
SOUTH_STREETS: Final = frozenset(NORTH_STREETS[:11:2]) | {"Foundry Street"}

EAST: Final = dict(
    zip(
        NORTH_STREETS,
        (0, 121, 228, 346, 459, 571, 694, 812, 917, 1034, 1149, 1258, 1377, 1489, 1602),
        strict=True,
    )
)
NORTH: Final = dict(zip(AVENUES, (0, 172, 350, 521, 699, 868, 1047, 1219, 1394), strict=True))

WEST_EDGE, EAST_EDGE, SOUTH_EDGE, NORTH_EDGE = -620.0, 2230.0, -1010.0, 1830.0


def river_v(u: float) -> float:
    """Where the middle of the river is, north of zero, at `u` east."""
    return 34 - 0.14 * u + 26 * sin(u / 330) + 10 * sin(u / 127 + 1)


def along_river(offset: float, start: float, end: float, step: float = 20) -> LineString:
    """A smooth line that keeps `offset` metres north of the river's middle."""
    count = int((end - start) / step)
    return LineString(
        [(u, river_v(u) + offset) for u in (start + (end - start) * k / count for k in range(count + 1))]
    )


def river_polygon() -> Polygon:
    us = [WEST_EDGE - 400 + 25 * k for k in range(int((EAST_EDGE - WEST_EDGE + 800) / 25) + 1)]
    north = [(u, river_v(u) + 32 + 5 * sin(u / 210)) for u in us]
    south = [(u, river_v(u) - 31 + 6 * sin(u / 160 + 2)) for u in us]
    return Polygon(south + north[::-1])


@dataclass(frozen=True)
class Ground:
    """Areas of the board. `closed` is where no street runs; homes stand only in `built_up`."""

    river: Polygon
    greens: tuple[tuple[str, Polygon], ...]
    civics: tuple[tuple[str, Polygon, Polygon], ...]
    hill_paths: tuple[LineString, ...]
    park_road: LineString
    closed: tuple[Polygon, ...]
    built_up: Polygon
    jurisdiction: Polygon


PARK_MIDDLE, PARK_RADIUS = (-70.0, 612.0), 232.0
HILL_MIDDLE = (1352.0, 1288.0)


def ground() -> Ground:
    """The land, the same in every town that is drawn on it."""
    river = river_polygon()
    park_edge = arc(PARK_MIDDLE, PARK_RADIUS, -72.5, 72.5)
    park = Polygon(
        [
            *arc(PARK_MIDDLE, PARK_RADIUS - 9, -88, 88).coords,
            (-190, 826),
            (-262, 700),
            (-268, 560),
            (-205, 410),
        ]
    )
    hill = translate(Polygon(wave(158, 3, 0.5, 0.13)), *HILL_MIDDLE)
    hill_top = translate(Polygon(wave(196, 3, 0.5, 0.11)), *HILL_MIDDLE)
    cemetery = block("Linden Street", "Foundry Street", "Fifth Avenue", "Sixth Avenue", inset=11)
    school = block("Cooper Street", "Hazel Street", "Third Avenue", "Fifth Avenue", inset=10)
    square = block("Main Street", "Birch Street", "Third Avenue", "Fourth Avenue", inset=10)
    green_half, hall_half = split_across(square)
    fire = box(EAST["Birch Street"] + 12, NORTH["Sixth Avenue"] + 14, EAST["Birch Street"] + 62, 930)
    library = box(EAST["Orchard Street"] + 11, NORTH["Second Avenue"] + 12, EAST["Orchard Street"] + 56, 232)
    police = box(EAST["Main Street"] + 12, NORTH["Fourth Avenue"] + 12, EAST["Main Street"] + 58, 582)
    bank = Polygon([*along_river(60, 120, 1480).coords, *reversed(along_river(34, 120, 1480).coords)])
    meadow = Polygon([*along_river(-36, 1010, 1560).coords, *reversed(along_river(-60, 1010, 1560).coords)])
    return Ground(
        river=river,
        greens=(
            ("Alder Park", park),
            ("Quarry Hill", hill),
            ("Cemetery", cemetery),
            ("Town Green", green_half),
            ("River Walk", bank),
            ("Ferry Meadow", meadow),
        ),
        civics=(
            ("Alder Falls School", school, school_building(school)),
            ("Town Hall", hall_half, centered(hall_half, 36, 22)),
            ("Fire Station", fire, centered(fire, 26, 20)),
            ("Library", library, centered(library, 24, 20)),
            ("Police Station", police, centered(police, 28, 18)),
        ),
        hill_paths=(spiral(HILL_MIDDLE, 150, 18, 2.2), spiral(PARK_MIDDLE, 195, 60, 0.8)),
        park_road=park_edge,
        closed=(
            Point(PARK_MIDDLE).buffer(PARK_RADIUS, quad_segs=32),
            hill_top,
            box(EAST["Cooper Street"] + 5, 400, EAST["Hazel Street"] - 5, 640),
        ),
        built_up=Polygon(
            [
                (-45, -420),
                (1640, -640),
                (1665, 300),
                (1650, 1080),
                (1480, 1440),
                (900, 1470),
                (150, 1440),
                (-45, 1130),
            ]
        ),
        jurisdiction=Polygon(
            [
                (-330, -560),
                (240, -690),
                (1320, -700),
                (1556, -420),
                (1531, 240),
                (1482, 760),
                (1456, 1160),
                (1408, 1560),
                (640, 1600),
                (-60, 1540),
                (-330, 1120),
            ]
        ),
    )


def arc(middle: tuple[float, float], radius: float, start_deg: float, end_deg: float) -> LineString:
    """Part of a circle, counter-clockwise from due east, in steps of about five degrees."""
    count = max(2, round((end_deg - start_deg) / 5))
    angles = (radians(start_deg + (end_deg - start_deg) * k / count) for k in range(count + 1))
    return LineString([(middle[0] + radius * cos(a), middle[1] + radius * sin(a)) for a in angles])


def spiral(middle: tuple[float, float], outer: float, inner: float, turns: float) -> LineString:
    """A path that winds inward."""
    count = int(40 * turns)
    return LineString(
        [
            (middle[0] + r * cos(a), middle[1] + r * sin(a))
            for k in range(count + 1)
            for r in (outer + (inner - outer) * k / count,)
            for a in (2 * 3.14159265 * turns * k / count,)
        ]
    )


def block(west: str, east: str, south: str, north: str, *, inset: float) -> Polygon:
    """The land between four streets."""
    return box(EAST[west] + inset, NORTH[south] + inset, EAST[east] - inset, NORTH[north] - inset)


def split_across(area: Polygon) -> tuple[Polygon, Polygon]:
    """The southern and the northern half of a box."""
    west, south, east, north = area.bounds
    middle = (south + north) / 2
    return box(west, south, east, middle - 4), box(west, middle + 4, east, north)


def centered(area: Polygon, width: float, depth: float) -> Polygon:
    """A building in the middle of its grounds."""
    middle = area.centroid
    return box(middle.x - width / 2, middle.y - depth / 2, middle.x + width / 2, middle.y + depth / 2)


def school_building(area: Polygon) -> Polygon:
    """Two wings around a yard."""
    west, south, east, _ = area.bounds
    x0, x1, y0 = west + 14, east - 14, south + 120
    return Polygon(
        [
            (x0, y0),
            (x1, y0),
            (x1, y0 + 20),
            (x0 + 24, y0 + 20),
            (x0 + 24, y0 + 74),
            (x0, y0 + 74),
        ]
    )
