"""The building site on the board: frames along the streets, and which ground is still free."""

from collections import defaultdict
from dataclasses import dataclass

from shapely import LineString, Polygon, prepare
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from porchlight.demo.town.ground import Ground
from porchlight.demo.town.network import Way
from porchlight.demo.town.plane import unit

ROAD_HALF = 7.0

Corner = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A place at a street: a point on its middle line, the direction of travel and the side that is looked at."""

    at: Corner
    along: Corner
    out: Corner

    def point(self, forward: float, outward: float) -> Corner:
        return (
            self.at[0] + self.along[0] * forward + self.out[0] * outward,
            self.at[1] + self.along[1] * forward + self.out[1] * outward,
        )

    def rectangle(self, start: float, end: float, near: float, far: float) -> tuple[Corner, ...]:
        corners = [
            self.point(start, near),
            self.point(end, near),
            self.point(end, far),
            self.point(start, far),
        ]
        turn = self.along[0] * self.out[1] - self.along[1] * self.out[0]
        return tuple(corners) if turn > 0 else (corners[1], corners[0], corners[3], corners[2])


class Site:
    """The building site: what nothing may touch, and the buildings that stand already, by squares of 60 m."""

    def __init__(self, ways: tuple[Way, ...], land: Ground) -> None:
        self._keep_off = streets_and_grounds(ways, land)
        self._squares: dict[tuple[int, int], list[Polygon]] = defaultdict(list)

    def is_free(self, building: Polygon) -> bool:
        """Whether a building may stand here."""
        if self._keep_off.intersects(building):
            return False
        x, y = self._square(building)
        return not any(
            other.intersects(building)
            for i in (x - 1, x, x + 1)
            for j in (y - 1, y, y + 1)
            for other in self._squares.get((i, j), ())
        )

    def add(self, building: Polygon) -> None:
        self._squares[self._square(building)].append(building)

    @staticmethod
    def _square(building: Polygon) -> tuple[int, int]:
        west, south, _, _ = building.bounds
        return int(west // 60), int(south // 60)


def streets_and_grounds(ways: tuple[Way, ...], land: Ground) -> BaseGeometry:
    """Everything that a home must not touch, prepared for many questions."""
    streets = [piece.buffer(ROAD_HALF, quad_segs=2) for way in ways for piece in way.pieces]
    areas = [area.buffer(3, quad_segs=2) for _, area in land.greens]
    areas += [area.buffer(3, quad_segs=2) for _, area, _ in land.civics]
    whole = unary_union([*streets, *areas, *land.closed[:2], land.river.buffer(14, quad_segs=2)])
    prepare(whole)
    return whole


def frame_at(piece: LineString, at: float, side: int) -> Frame:
    """The frame at a distance along a street; `side` is 1 for the left hand, -1 for the right."""
    here, ahead = piece.interpolate(at), piece.interpolate(at + 6)
    along = unit(ahead.x - here.x, ahead.y - here.y)
    return Frame((here.x, here.y), along, (-along[1] * side, along[0] * side))
