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
    if not places:
        return []
    inside = shapely.intersects_xy(
        area.polygon, [place.lon for place in places], [place.lat for place in places]
    )
    return [bool(each) for each in inside]


def covers(jurisdiction: Jurisdiction | Mapping[str, object], area: Area) -> bool:
    """Whether all of the area is in the jurisdiction. GeoJSON is read first, and may raise Refused."""
    if not isinstance(jurisdiction, Jurisdiction):
        jurisdiction = read_jurisdiction(jurisdiction)
    return bool(jurisdiction.geometry.covers(area.polygon))


def overlap(one: Area, other: Area) -> bool:
    """Whether the areas have ground in common; to touch at an edge or corner is not enough."""
    return bool(one.polygon.intersects(other.polygon) and not one.polygon.touches(other.polygon))
