"""Lots along the streets: each home gets a building that touches nothing else, and a number."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from shapely import LineString, Point, Polygon, prepare

from porchlight.demo.town.ground import Ground, river_v
from porchlight.demo.town.network import Way
from porchlight.demo.town.site import Corner, Frame, Site, frame_at

GAP = 2.6
SHOPS = (150.0, 880.0)

Outline = tuple[Corner, ...]


@dataclass(frozen=True)
class Lot:
    """A home on the board; the ring is counter-clockwise and starts with the two ends of its front wall."""

    number: int
    street: str
    ring: Outline
    garage: Outline | None
    north_bank: bool

    @property
    def middle(self) -> Corner:
        x0, y0 = self.ring[0]
        x2, y2 = self.ring[2]
        return (x0 + x2) / 2, (y0 + y2) / 2


def shops(ways: tuple[Way, ...], land: Ground, rng: np.random.Generator) -> tuple[Outline, ...]:
    """Larger buildings close to the sidewalk, along the middle of Main Street; nobody lives in them."""
    site, found = Site(ways, land), []
    main = next(way for way in ways if way.name == "Main Street")
    for piece in main.pieces:
        for side in (-1, 1):
            at = 20.0
            while at < piece.length - 20:
                frame, wide = frame_at(piece, at, side), 15 + 9 * rng.random()
                ring = frame.rectangle(0, wide, 10.5, 10.5 + 16 + 8 * rng.random())
                if SHOPS[0] < frame.at[1] < SHOPS[1] and site.is_free(Polygon(ring)):
                    site.add(Polygon(ring))
                    found.append(ring)
                    at += wide
                at += 3
    return tuple(found)


def lots(
    ways: tuple[Way, ...], land: Ground, taken: tuple[Outline, ...], rng: np.random.Generator
) -> tuple[Lot, ...]:
    """As many homes as there is room for, street by street."""
    builder = Builder(ways, land, rng)
    for ring in taken:
        builder.site.add(Polygon(ring))
    return tuple(lot for way in ways for lot in builder.build(way))


class Builder:
    """Builds along one street after the other; what it has built stays in the way of what comes later."""

    def __init__(self, ways: tuple[Way, ...], land: Ground, rng: np.random.Generator) -> None:
        self.site = Site(ways, land)
        self._built_up = land.built_up
        self._rng = rng
        prepare(self._built_up)

    def build(self, way: Way) -> Iterator[Lot]:
        """The lots of a street: even numbers on the right hand, odd ones on the left, a hundred for each block."""
        count: dict[tuple[int, int], int] = defaultdict(int)
        for piece in way.pieces:
            for side in (-1, 1):
                for frame, wide, deep, back in self._plots(piece, side):
                    block = block_of(way, frame.at)
                    number = block * 100 + 4 * count[block, side] + (2 if side < 0 else 1 if block else 3)
                    count[block, side] += 1
                    ring = self._house(frame.rectangle(0, wide, back, back + deep))
                    garage = self._garage(frame, wide, back + deep)
                    yield Lot(number, way.name, ring, garage, frame.at[1] > river_v(frame.at[0]))

    def _plots(self, piece: LineString, side: int) -> Iterator[tuple[Frame, float, float, float]]:
        """Where a home fits on one side of a street: its frame, width, depth and set-back in metres."""
        rng, at = self._rng, 9.0
        while at < piece.length - 9:
            wide, deep, back = 9 + 3.5 * rng.random(), 8.5 + 3 * rng.random(), 13 + 2.2 * rng.random()
            frame = frame_at(piece, at, side)
            footprint = Polygon(frame.rectangle(-GAP, wide + GAP, back - GAP, back + deep + GAP))
            if self._built_up.contains(Point(frame.at)) and self.site.is_free(footprint):
                self.site.add(Polygon(frame.rectangle(0, wide, back, back + deep)))
                yield frame, wide, deep, back
                at += wide + 2 * GAP + 0.8 + 5 * rng.random()
            else:
                at += 4.0

    def _house(self, ring: Outline) -> Outline:
        """A rectangle, or for every third home an L with a shorter wing."""
        rng = self._rng
        if rng.random() > 0.36:
            return ring
        left, right, back_right, back_left = ring
        cut_wide, cut_deep = 0.35 + 0.2 * rng.random(), 0.3 + 0.15 * rng.random()
        inner_back = between(back_right, back_left, 1 - cut_wide)
        inner = between(inner_back, between(right, left, 1 - cut_wide), cut_deep)
        return left, right, back_right, inner_back, inner, between(back_left, left, cut_deep)

    def _garage(self, frame: Frame, wide: float, far: float) -> Outline | None:
        """A small building in the yard, where there is room and luck."""
        rng = self._rng
        if rng.random() > 0.42:
            return None
        start = 0.0 if rng.random() > 0.5 else wide - 4.2
        near = far + 5 + 5 * rng.random()
        if not self.site.is_free(Polygon(frame.rectangle(start - 1, start + 5.2, near - 1, near + 6.8))):
            return None
        ring = frame.rectangle(start, start + 4.2, near, near + 5.8)
        self.site.add(Polygon(ring))
        return ring


def block_of(way: Way, at: Corner) -> int:
    """Which hundred of numbers a place belongs to: how many block edges lie before it."""
    here = at[0] if way.axis == "u" else at[1]
    if way.southward:
        return sum(here <= edge for edge in way.hundreds)
    return sum(here >= edge for edge in way.hundreds)


def between(start: Corner, end: Corner, share: float) -> Corner:
    """A point part of the way from one corner to another."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
