"""The streets on the board: a slightly irregular grid, cut by the river, a park and a hill."""

from dataclasses import dataclass
from itertools import combinations

from shapely import LineString, MultiLineString, Polygon, get_parts
from shapely.ops import linemerge, unary_union

from porchlight.demo.town.ground import (
    AVENUES,
    BRIDGES,
    EAST,
    EAST_EDGE,
    NORTH,
    NORTH_EDGE,
    NORTH_STREETS,
    SOUTH_EDGE,
    SOUTH_STREETS,
    WEST_EDGE,
    Ground,
    along_river,
)

FLOOD = 66.0
SHORE = -66.0
STUB = 24.0


@dataclass(frozen=True)
class Way:
    """A street on the board, in as many pieces as the land left of it.

    `hundreds` are the board positions where a new block of numbers starts, measured along `axis` ("u" or "v");
    `southward` where numbers rise toward the south.
    """

    name: str
    rank: int
    pieces: tuple[LineString, ...]
    axis: str
    hundreds: tuple[float, ...]
    southward: bool = False


def network(land: Ground) -> tuple[Way, ...]:
    """Every street, in the order of their names on the ground: up the map, then across it."""
    flooded = Polygon(
        [
            *along_river(FLOOD, WEST_EDGE - 300, EAST_EDGE + 300).coords,
            *reversed(along_river(SHORE, WEST_EDGE - 300, EAST_EDGE + 300).coords),
        ]
    )
    wet = unary_union([flooded, *land.closed])
    dry = unary_union(list(land.closed))
    ways = [up(name, wet, dry) for name in NORTH_STREETS]
    ways += [down(name) for name in NORTH_STREETS if name in SOUTH_STREETS]
    ways += [across(name, flooded, dry) for name in AVENUES]
    blocks = tuple(EAST.values())
    ways += [
        Way("Weir Lane", 2, (along_river(FLOOD, EAST["Ferry Street"] - 160, 1660),), "u", blocks),
        Way("Shore Road", 2, (along_river(SHORE, WEST_EDGE - 300, EAST_EDGE + 300),), "u", blocks),
        Way("Meadow Avenue", 2, (along_river(-222, -30, 1300, 60),), "u", blocks),
        Way("Station Road", 2, (along_river(-382, -30, 1300, 90),), "u", blocks),
        Way("Park Crescent", 2, (land.park_road,), "v", (0.0, 500.0, 612.0, 720.0)),
    ]
    return tuple(ways)


def up(name: str, wet: Polygon, dry: Polygon) -> Way:
    """A street north of the river; the ones with a bridge go on to the other bank."""
    u, rank = EAST[name], 1 if name == "Main Street" else 2
    top = (
        NORTH_EDGE + 300 if rank == 1 else NORTH["Summit Avenue" if 250 < u < 1450 else "Ridge Avenue"] + STUB
    )
    foot = south_bank(u) if name in BRIDGES else north_bank(u)
    line = dense((u, foot), (u, top)).difference(dry if name in BRIDGES else wet)
    return Way(name, rank, longest_parts(line), "v", tuple(NORTH.values()))


def down(name: str) -> Way:
    """The same street south of the river, with numbers of its own."""
    u, rank = EAST[name], 1 if name == "Main Street" else 2
    shore = south_bank(u)
    foot = SOUTH_EDGE - 300 if rank == 1 else shore - 316 - STUB
    rows = (shore, shore - 156, shore - 316)
    return Way(f"South {name}", rank, (dense((u, shore), (u, foot)),), "v", rows, southward=True)


def across(name: str, flooded: Polygon, dry: Polygon) -> Way:
    v, rank = NORTH[name], 1 if name == "Quarry Road" else 2
    west, east = float(EAST["Ferry Street"]), EAST["Sawyer Street"] + STUB
    if rank == 1:
        west, east = WEST_EDGE - 300, EAST_EDGE + 300
    elif name == "Summit Avenue":
        west, east = EAST["Cooper Street"], EAST["Walnut Street"]
    cut = unary_union([flooded, dry]) if name == "First Avenue" else dry
    line = dense((west, v), (east, v)).difference(cut)
    parts = longest_parts(line)
    if name == "First Avenue":
        parts = tuple(part for part in parts if part.centroid.y > along_river(FLOOD, -50, 1700).bounds[1])
    return Way(name, rank, parts, "u", tuple(EAST.values()))


def north_bank(u: float) -> float:
    return float(along_river(FLOOD, u - 1, u + 1, 1).coords[1][1])


def south_bank(u: float) -> float:
    return float(along_river(SHORE, u - 1, u + 1, 1).coords[1][1])


def dense(start: tuple[float, float], end: tuple[float, float], step: float = 30) -> LineString:
    """A straight line with a corner every few metres, so that it bends with the board."""
    count = max(1, round(LineString([start, end]).length / step))
    return LineString(
        [
            (start[0] + (end[0] - start[0]) * k / count, start[1] + (end[1] - start[1]) * k / count)
            for k in range(count + 1)
        ]
    )


def longest_parts(line: LineString | MultiLineString) -> tuple[LineString, ...]:
    """The pieces of a cut line that are worth paving."""
    merged = linemerge(line) if isinstance(line, MultiLineString) else line
    return tuple(part for part in get_parts(merged) if part.length > 50)


def crossings(ways: tuple[Way, ...]) -> tuple[tuple[str, tuple[float, float]], ...]:
    """Each place where two streets meet, with its name; two streets that meet twice have two places."""
    found: set[tuple[str, tuple[float, float]]] = set()
    lines = [(way.name, MultiLineString(way.pieces)) for way in ways]
    for (name, line), (other, crossing) in combinations(lines, 2):
        if name.removeprefix("South ") == other.removeprefix("South ") or line.distance(crossing) > 1:
            continue
        for part in get_parts(line.intersection(crossing.buffer(1))):
            found.add((f"{name} and {other}", (part.centroid.x, part.centroid.y)))
    return tuple(sorted(found))
