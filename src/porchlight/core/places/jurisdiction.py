"""Where an agency may ask: a polygon or several, with holes if need be, from a public register."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from porchlight.core.errors import Refused
from porchlight.core.places.points import MOST_LATITUDE, MOST_LONGITUDE
from porchlight.core.reasons import Reason, reason

MOST_JURISDICTION_VERTICES = 100_000


@dataclass(frozen=True)
class Jurisdiction:
    """A valid polygon or multipolygon; make one through `read_jurisdiction`."""

    text: str

    @cached_property
    def geometry(self) -> BaseGeometry:
        """The shape in degrees, x is longitude, prepared for many questions."""
        geometry = shapely.from_geojson(self.text)
        shapely.prepare(geometry)
        return geometry

    def geojson(self) -> dict[str, object]:
        """The GeoJSON geometry it was read from."""
        value: dict[str, object] = json.loads(self.text)
        return value


def read_jurisdiction(value: object) -> Jurisdiction:
    """The jurisdiction that a parsed GeoJSON Polygon or MultiPolygon describes. Raises Refused."""
    if not isinstance(value, Mapping) or value.get("type") not in {"Polygon", "MultiPolygon"}:
        raise Refused((reason("jurisdiction_not_a_polygon"),))
    try:
        text = json.dumps({"type": value["type"], "coordinates": value.get("coordinates")}, allow_nan=False)
        geometry = shapely.from_geojson(text)
    except (TypeError, ValueError, RecursionError, ShapelyError) as error:
        raise Refused((reason("jurisdiction_not_a_polygon"),)) from error
    found = _fault(geometry)
    if found is not None:
        raise Refused((found,))
    return Jurisdiction(text)


def _fault(geometry: BaseGeometry) -> Reason | None:
    if geometry is None or geometry.is_empty:
        return reason("jurisdiction_not_a_polygon")
    vertices = int(shapely.get_num_coordinates(geometry))
    if vertices > MOST_JURISDICTION_VERTICES:
        return reason("jurisdiction_too_many_vertices", vertices=vertices, most=MOST_JURISDICTION_VERTICES)
    west, south, east, north = geometry.bounds
    if west < -MOST_LONGITUDE or east > MOST_LONGITUDE or south < -MOST_LATITUDE or north > MOST_LATITUDE:
        return reason("jurisdiction_out_of_range")
    if not geometry.is_valid:
        return reason("jurisdiction_not_simple", explanation=explain_validity(geometry)[:80])
    return None
