"""Which place lies in which shape. A point on the edge is inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry import Point

from porchlight.core.places.area import Area
from porchlight.core.places.jurisdiction import Jurisdiction, read_jurisdiction
from porchlight.core.places.points import ExactPlace


def contains(area: Area, place: ExactPlace) -> bool:
    """Whether the exact place is in the area or on its edge."""
    return bool(area.polygon.covers(Point(place.lon, place.lat)))


def contains_each(area: Area, places: Sequence[ExactPlace]) -> list[bool]:
    """`contains` for many places at once, in their order."""
    return contains_coordinates(area, [place.lat for place in places], [place.lon for place in places])


def contains_coordinates(area: Area, latitudes: Sequence[float], longitudes: Sequence[float]) -> list[bool]:
    """`contains_each` for places that are stored as numbers, in degrees."""
    if not latitudes:
        return []
    inside: list[bool] = shapely.intersects_xy(area.polygon, longitudes, latitudes).tolist()
    return inside


def covers(jurisdiction: Jurisdiction | Mapping[str, object], area: Area) -> bool:
    """Whether all of the area is in the jurisdiction. GeoJSON is read first, and may raise Refused."""
    if not isinstance(jurisdiction, Jurisdiction):
        jurisdiction = read_jurisdiction(jurisdiction)
    return bool(jurisdiction.geometry.covers(area.polygon))


def overlap(one: Area, other: Area) -> bool:
    """Whether the areas have ground in common; to touch at an edge or corner is not enough."""
    return bool(one.polygon.intersects(other.polygon) and not one.polygon.touches(other.polygon))
