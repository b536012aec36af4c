"""From the drawing board to the earth.

The town is drawn on a straight board in metres: `u` runs roughly east, `v` roughly north. Here the board is bent
a little, so that no two blocks are alike, turned clockwise and laid on WGS84.

Alder Falls does not exist. Its middle lies in empty high desert, many miles from any town.
"""

from math import cos, hypot, pi, radians, sin

ORIGIN_LAT = 43.335
ORIGIN_LON = -119.865
BOARD_MIDDLE = (800.0, 480.0)
TURN = radians(6)

METRES_PER_DEGREE_LAT = 111_132.95 - 559.85 * cos(2 * radians(ORIGIN_LAT))
METRES_PER_DEGREE_LON = 111_412.88 * cos(radians(ORIGIN_LAT)) - 93.5 * cos(3 * radians(ORIGIN_LAT))


def bent(u: float, v: float) -> tuple[float, float]:
    """The board with slow waves of a few metres, too gentle to make lines cross."""
    return (
        u + 14 * sin(v / 330 + 0.6) + 5 * sin(u / 270),
        v + 15 * sin(u / 430 + 1.1) + 4 * sin(v / 350),
    )


def metres(u: float, v: float) -> tuple[float, float]:
    """Metres east and north of the origin."""
    x, y = bent(u, v)
    x, y = x - BOARD_MIDDLE[0], y - BOARD_MIDDLE[1]
    return x * cos(TURN) + y * sin(TURN), y * cos(TURN) - x * sin(TURN)


def lonlat(u: float, v: float) -> tuple[float, float]:
    """Longitude and latitude of a point of the board."""
    return from_metres(*metres(u, v))


def from_metres(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of a point given in metres from the origin."""
    return ORIGIN_LON + east / METRES_PER_DEGREE_LON, ORIGIN_LAT + north / METRES_PER_DEGREE_LAT


def to_metres(lon: float, lat: float) -> tuple[float, float]:
    """The reverse of `from_metres`."""
    return (lon - ORIGIN_LON) * METRES_PER_DEGREE_LON, (lat - ORIGIN_LAT) * METRES_PER_DEGREE_LAT


def unit(dx: float, dy: float) -> tuple[float, float]:
    """The same direction with length 1."""
    length = hypot(dx, dy)
    return dx / length, dy / length


def wave(radius: float, lobes: int, phase: float, share: float) -> list[tuple[float, float]]:
    """A closed, wavy circle around (0, 0), counter-clockwise: the outline of a hill or a wood."""
    steps = 48
    return [
        (r * cos(a), r * sin(a))
        for a in (2 * pi * k / steps for k in range(steps))
        for r in (radius * (1 + share * sin(lobes * a + phase)),)
    ]
