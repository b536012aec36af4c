"""Single points, in degrees on WGS 84."""

from __future__ import annotations

import math
from dataclasses import dataclass

MOST_LATITUDE = 85.0
"""Beyond it no map of the product can show a place, and local planes lose their shape."""
MOST_LONGITUDE = 180.0


def _require_on_map(lat: float, lon: float) -> None:
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise ValueError("a place needs finite coordinates")
    if abs(lat) > MOST_LATITUDE or abs(lon) > MOST_LONGITUDE:
        raise ValueError("a place lies between 85 degrees south and north, 180 west and east")


@dataclass(frozen=True)
class ExactPlace:
    """Where a home or camera is. Only its household may see it, so it does not print its coordinates."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        _require_on_map(self.lat, self.lon)

    def __repr__(self) -> str:
        return "ExactPlace(hidden)"


@dataclass(frozen=True)
class PublicPoint:
    """One of a fixed set of points that stand for many addresses; anyone may see it."""

    lat: float
    lon: float
    name: str = ""

    def __post_init__(self) -> None:
        _require_on_map(self.lat, self.lon)
