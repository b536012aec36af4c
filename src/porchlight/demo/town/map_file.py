"""GeoJSON of the base map, with coordinates of six decimals (about 0.1 m)."""

from collections.abc import Sequence
from typing import Any

FeatureCollection = dict[str, Any]
DECIMALS = 6


def feature(kind: str, geometry: str, coordinates: object, **properties: str | float) -> dict[str, Any]:
    """One feature; every coordinate in it is rounded."""
    return {
        "type": "Feature",
        "properties": {"kind": kind, **properties},
        "geometry": {"type": geometry, "coordinates": rounded(coordinates)},
    }


def line_feature(
    kind: str, lines: Sequence[Sequence[tuple[float, float]]], **properties: str | float
) -> dict[str, Any]:
    """A LineString, or a MultiLineString where there is more than one line."""
    if len(lines) == 1:
        return feature(kind, "LineString", lines[0], **properties)
    return feature(kind, "MultiLineString", lines, **properties)


def polygon_feature(
    kind: str, ring: Sequence[tuple[float, float]], **properties: str | float
) -> dict[str, Any]:
    return feature(kind, "Polygon", [ring], **properties)


def rounded(coordinates: Any) -> Any:
    """The same nesting as lists, with each number rounded."""
    if isinstance(coordinates, (list, tuple)):
        return [rounded(part) for part in coordinates]
    return round(coordinates, DECIMALS)
