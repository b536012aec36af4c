"""What the core's property tests draw from."""

from datetime import UTC, datetime
from math import atan2, cos, degrees, radians, sin

from geographiclib.geodesic import Geodesic
from hypothesis import settings
from hypothesis import strategies as st

from porchlight.core.places import Area, read_area

# Derandomized, so that a run on one core takes the same short time and finds the same.
quick = settings(derandomize=True, deadline=None, max_examples=40, database=None)
thorough = settings(quick, max_examples=100)

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
CENTRE = (44.095, -89.325)

latitudes = st.floats(-60, 70)
longitudes = st.floats(-170, 170)
moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  bounds are naive
    datetime(2030, 1, 1),  # noqa: DTZ001  as above
    timezones=st.just(UTC),
)


def at(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    """(lon, lat) of the point that many metres away in that direction."""
    there = Geodesic.WGS84.Direct(lat, lon, bearing, metres)
    return there["lon2"], there["lat2"]


def polygon(points: list[tuple[float, float]]) -> dict[str, object]:
    """GeoJSON of an open list of (lon, lat)."""
    return {"type": "Polygon", "coordinates": [[list(point) for point in [*points, points[0]]]]}


def rectangle(
    width: float, height: float, turn: float = 0, lat: float = CENTRE[0], lon: float = CENTRE[1]
) -> dict[str, object]:
    """A rectangle in metres around the centre, turned by so many degrees."""
    points = []
    for east, north in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = east * width / 2, north * height / 2
        a = radians(turn)
        points.append(offset(lat, lon, x * cos(a) - y * sin(a), x * sin(a) + y * cos(a)))
    return polygon(points)


def offset(lat: float, lon: float, east: float, north: float) -> tuple[float, float]:
    distance = (east**2 + north**2) ** 0.5
    bearing = 90 - degrees(atan2(north, east))
    return at(lat, lon, bearing, distance)


def square(side: float = 900) -> Area:
    """By default 0.31 square miles: allowed."""
    return read_area(rectangle(side, side))


@st.composite
def star_shapes(draw: st.DrawFn) -> list[tuple[float, float]]:
    """A simple polygon: corners around a centre at growing angles, each at its own distance."""
    lat, lon = draw(latitudes), draw(longitudes)
    corners = draw(st.integers(3, 24))
    return [at(lat, lon, 360 * index / corners, draw(st.floats(120, 1500))) for index in range(corners)]
