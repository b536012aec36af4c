"""An area that an agency drew: one simple polygon, with its measures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import Polygon

Ring = tuple[tuple[float, float], ...]

SQUARE_METRES_IN_SQUARE_MILE = 2_589_988.110336
INSCRIBED_TOLERANCE_M = 0.25


@dataclass(frozen=True)
class Area:
    """One simple polygon without holes, as `read_area` returns it; make one only through that.

    `ring` is closed, runs counter-clockwise and holds (longitude, latitude) in degrees with 7 decimals.
    """

    ring: Ring

    @cached_property
    def polygon(self) -> Polygon:
        """The shape in degrees, x is longitude."""
        polygon = Polygon(self.ring)
        shapely.prepare(polygon)
        return polygon

    @property
    def vertices(self) -> int:
        """The number of corners; the closing point is not one."""
        return len(self.ring) - 1

    @cached_property
    def _geodesic(self) -> tuple[float, float]:
        """(area in square metres, perimeter in metres) with geodesic edges on WGS 84."""
        measure = Geodesic.WGS84.Polygon()
        for lon, lat in self.ring[:-1]:
            measure.AddPoint(lat, lon)
        _, perimeter, area = measure.Compute()
        return abs(float(area)), float(perimeter)

    @property
    def area_m2(self) -> float:
        return self._geodesic[0]

    @property
    def square_miles(self) -> float:
        return self.area_m2 / SQUARE_METRES_IN_SQUARE_MILE

    @property
    def perimeter_m(self) -> float:
        return self._geodesic[1]

    @property
    def compactness(self) -> float:
        """Polsby-Popper: 1 for a circle, 0.785 for a square, towards 0 for what is long or ragged."""
        return 4 * math.pi * self.area_m2 / self.perimeter_m**2 if self.perimeter_m else 0.0

    @cached_property
    def inscribed_radius_m(self) -> float:
        """The radius of the largest circle that fits inside, to 0.25 m, never above the true one.

        Measured on an azimuthal equidistant plane around the centroid: within 10 km its scale is off by less
        than 1 in 2,000,000, and an edge of 2 km that is straight in degrees bows by less than 0.2 m.
        """
        plane = Polygon(self._on_local_plane())
        extent = max(plane.bounds[2] - plane.bounds[0], plane.bounds[3] - plane.bounds[1])
        # A tolerance far below the size would make the search cost grow with the square of the size.
        tolerance = max(INSCRIBED_TOLERANCE_M, extent / 20_000)
        return float(shapely.maximum_inscribed_circle(plane, tolerance=tolerance).length)

    def _on_local_plane(self) -> list[tuple[float, float]]:
        """The ring in metres east and north of the centroid, distances and directions from it true."""
        centre = self.polygon.centroid
        points = []
        for lon, lat in self.ring:
            line = Geodesic.WGS84.Inverse(centre.y, centre.x, lat, lon)
            bearing = math.radians(line["azi1"])
            points.append((line["s12"] * math.sin(bearing), line["s12"] * math.cos(bearing)))
        return points

    def geojson(self) -> dict[str, object]:
        """A GeoJSON Polygon geometry that `read_area` reads back to an equal area."""
        return {"type": "Polygon", "coordinates": [[list(position) for position in self.ring]]}
