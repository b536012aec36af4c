"""Alder Falls, the made-up town of the demo, generated from a seed without any outside map data."""

from porchlight.demo.town.build import SEED, alder_falls
from porchlight.demo.town.cameras import CAMERA_HOMES, CameraSpot, camera_spots
from porchlight.demo.town.shapes import (
    Civic,
    Green,
    Home,
    Intersection,
    Line,
    Path,
    Ring,
    Street,
    Town,
    Water,
)

__all__ = [
    "CAMERA_HOMES",
    "SEED",
    "CameraSpot",
    "Civic",
    "Green",
    "Home",
    "Intersection",
    "Line",
    "Path",
    "Ring",
    "Street",
    "Town",
    "Water",
    "alder_falls",
    "camera_spots",
]
