"""A jurisdiction as people have it: a GeoJSON file from the county's map office, or drawn on our map."""

from __future__ import annotations

import json
from collections.abc import Mapping

from porchlight.core.errors import Refused
from porchlight.core.places import Jurisdiction, read_jurisdiction
from porchlight.core.reasons import reason

MOST_BYTES = 2_000_000


def read_file(content: bytes | str) -> Jurisdiction:
    """The jurisdiction in a GeoJSON text: a geometry, a feature, or features that together make it up.

    Raises Refused for what is too large, is not GeoJSON, or describes no valid area.
    """
    if len(content) > MOST_BYTES:
        raise Refused((reason("jurisdiction_file_too_large", most_mb=MOST_BYTES // 1_000_000),))
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused((reason("jurisdiction_not_geojson"),)) from error
    return read_jurisdiction(_geometry(value))


def _geometry(value: object) -> object:
    """The geometry inside; several polygons become one multipolygon. What is something else is left to be refused."""
    if not isinstance(value, Mapping):
        return value
    if value.get("type") == "Feature":
        return _geometry(value.get("geometry"))
    features = value.get("features")
    if value.get("type") != "FeatureCollection" or not isinstance(features, list):
        return value
    parts: list[object] = []
    for feature in features:
        geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
        more = _parts(geometry)
        if not more:
            return None
        parts += more
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _parts(geometry: object) -> list[object]:
    """The polygons of a geometry; none if it is something else."""
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if not isinstance(geometry, Mapping) or not isinstance(coordinates, list):
        return []
    if geometry.get("type") == "Polygon":
        return [coordinates]
    return coordinates if geometry.get("type") == "MultiPolygon" else []
