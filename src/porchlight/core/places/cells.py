"""H3 cells: the coarse index by which cameras near an area are found before exact places are compared."""

from __future__ import annotations

import math
from typing import NewType

import h3
from shapely.geometry import Polygon

from porchlight.core.places.area import Area
from porchlight.core.places.points import ExactPlace

Cell = NewType("Cell", str)

RESOLUTION = 9
"""Hexagons of about 0.105 square kilometres."""
MARGIN_DEGREES = 0.00002
"""About 2 m. Cell edges are great circles and area edges straight in degrees; over one edge they part by
millimetres, and a camera must not be lost in between."""


def cell_of(place: ExactPlace, resolution: int = RESOLUTION) -> Cell:
    return Cell(h3.latlng_to_cell(place.lat, place.lon, resolution))


def cells_overlapping(area: Area, resolution: int = RESOLUTION) -> frozenset[Cell]:
    """Every cell that holds any point of the area. May hold a cell that only comes within 2 m of it.

    Keeping cells by their centre, as the plain H3 fill does, would lose cameras along the edge.
    """
    shape = h3.LatLngPoly([(lat, lon) for lon, lat in _with_margin(area.polygon).exterior.coords])
    found = h3.h3shape_to_cells_experimental(shape, resolution, contain="overlap")
    return frozenset(Cell(each) for each in found)


def _with_margin(polygon: Polygon) -> Polygon:
    widened = polygon.buffer(MARGIN_DEGREES / math.cos(math.radians(polygon.bounds[3])), join_style="mitre")
    return Polygon(widened.exterior)
