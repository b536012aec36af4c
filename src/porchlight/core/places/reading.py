"""Reading a drawn area from GeoJSON that nobody has checked yet.

Everything that costs time is done last: the number of points is counted before any point is looked at, and no
geometry is computed before every coordinate is known to be a finite number on the map.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from shapely.geometry import Polygon
from shapely.validation import explain_validity

from porchlight.core.errors import Refused
from porchlight.core.places.area import Area, Ring
from porchlight.core.places.points import MOST_LATITUDE, MOST_LONGITUDE
from porchlight.core.reasons import Reason, reason

MOST_VERTICES = 100
MOST_EXTENT_DEGREES = 1.0
"""Wider than any town: nothing beyond it is measured."""
DECIMALS = 7
"""11 mm: finer than any drawing, and one fixed text for each point."""
LEAST_CORNERS = 3

_WHERE = re.compile(r"\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)\]")


def read_area(value: object, *, most_vertices: int = MOST_VERTICES) -> Area:
    """The area that a parsed GeoJSON Polygon geometry describes.

    Clockwise rings are turned round and repeated points dropped; nothing else is mended. Raises Refused with
    every reason that can be known (a shape with unreadable points has no geometry to complain about).
    """
    positions, reasons = _outer_ring(value, most_vertices)
    points, more = _points(positions)
    reasons += more
    if points and points[0] != points[-1]:
        reasons.append(reason("area_not_closed"))
    if reasons:
        raise Refused(tuple(reasons))
    ring = _without_repeats(points)
    reasons = list(_shape_reasons(ring))
    if reasons:
        raise Refused(tuple(reasons))
    return Area(_counter_clockwise(ring))


def _outer_ring(value: object, most_vertices: int) -> tuple[list[object], list[Reason]]:
    """The outer ring's positions, unread, and what is wrong with everything around them."""
    if not isinstance(value, Mapping):
        return [], [reason("area_not_a_polygon", type=type(value).__name__)]
    kind, rings = value.get("type"), value.get("coordinates")
    if kind == "MultiPolygon":
        return [], [reason("area_multipart")]
    if kind != "Polygon" or not isinstance(rings, list | tuple):
        return [], [reason("area_not_a_polygon", type=str(kind)[:40])]
    if not rings or not isinstance(rings[0], list | tuple):
        return [], [reason("area_empty")]
    reasons = [reason("area_has_holes", holes=len(rings) - 1)] if len(rings) > 1 else []
    vertices = len(rings[0]) - 1
    if vertices > most_vertices:
        return [], [*reasons, reason("area_too_many_vertices", vertices=vertices, most=most_vertices)]
    if not rings[0]:
        reasons.append(reason("area_empty"))
    return list(rings[0]), reasons


def _points(positions: list[object]) -> tuple[list[tuple[float, float]], list[Reason]]:
    """The positions as (lon, lat) rounded to 7 decimals, and one reason for each kind of fault in them."""
    points: list[tuple[float, float]] = []
    faults: dict[str, Reason] = {}
    for index, position in enumerate(positions):
        point = _point(position)
        fault = _point_fault(point)
        if fault is not None:
            faults.setdefault(fault, reason(fault, point=index + 1))
        elif point is not None:
            # Adding zero turns -0.0 into 0.0, so that equal points have equal text.
            points.append((round(point[0], DECIMALS) + 0.0, round(point[1], DECIMALS) + 0.0))
    # With points missing, first and last say nothing about whether the ring was closed.
    return ([] if faults else points), list(faults.values())


def _point(position: object) -> tuple[float, float] | None:
    if not isinstance(position, list | tuple) or len(position) != len(("lon", "lat")):
        return None
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in position):
        return None
    try:
        return float(position[0]), float(position[1])
    except OverflowError:
        return math.inf, math.inf


def _point_fault(point: tuple[float, float] | None) -> str | None:
    if point is None:
        return "area_position_not_a_pair"
    if not all(math.isfinite(each) for each in point):
        return "area_coordinate_not_finite"
    if abs(point[0]) > MOST_LONGITUDE or abs(point[1]) > MOST_LATITUDE:
        return "area_coordinate_out_of_range"
    return None


def _without_repeats(points: list[tuple[float, float]]) -> Ring:
    kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    return tuple(kept)


def _shape_reasons(ring: Ring) -> Iterator[Reason]:
    """What is wrong with the shape, cheapest first; stops where the next question makes no sense."""
    if len(set(ring)) < LEAST_CORNERS:
        yield reason("area_too_few_corners", corners=len(set(ring)), least=LEAST_CORNERS)
        return
    longitudes, latitudes = zip(*ring, strict=True)
    if any(abs(one - next_) > MOST_LONGITUDE for one, next_ in pairwise(longitudes)):
        yield reason("area_crosses_antimeridian")
        return
    extent = max(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes))
    if extent > MOST_EXTENT_DEGREES:
        yield reason("area_far_too_wide", degrees=round(extent, 3), most_degrees=MOST_EXTENT_DEGREES)
        return
    yield from _invalid(Polygon(ring))


def _invalid(polygon: Polygon) -> Iterator[Reason]:
    if polygon.convex_hull.area == 0:
        yield reason("area_flat")
        return
    if polygon.is_valid:
        return
    explanation = explain_validity(polygon)
    where = _WHERE.search(explanation)
    code = "area_self_intersecting" if "elf-intersection" in explanation else "area_not_simple"
    if where is None:
        yield reason(code)
    else:
        yield reason(code, lon=round(float(where[1]), 6), lat=round(float(where[2]), 6))


def _counter_clockwise(ring: Ring) -> Ring:
    return ring if Polygon(ring).exterior.is_ccw else ring[::-1]
