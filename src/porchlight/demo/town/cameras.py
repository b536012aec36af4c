"""Which homes of the demo have a camera, and where it hangs. Nothing of this goes into the public map."""

from dataclasses import dataclass
from math import atan2, degrees

import numpy as np

from porchlight.core.places import ExactPlace
from porchlight.demo.town.plane import from_metres, to_metres, unit
from porchlight.demo.town.shapes import Home, Town

CAMERA_HOMES = 300
DOORBELLS = 0.8
SECOND_CAMERAS = 0.36
OFF_THE_WALL_M = 0.3
BACK_YARD = "Back yard"


@dataclass(frozen=True)
class CameraSpot:
    """One camera: `kind` is doorbell or outdoor; `direction_deg` is where it looks, clockwise from north."""

    home: Home
    kind: str
    name: str
    place: ExactPlace
    direction_deg: int
    sees: str


def camera_spots(
    town: Town, *, homes: int = CAMERA_HOMES, seed: int = 7, always: tuple[str, ...] = ()
) -> tuple[CameraSpot, ...]:
    """One or two cameras at each of `homes` homes, drawn by the seed; the addresses in `always` are among them."""
    rng = np.random.default_rng(seed)
    named = [town.home_at(address) for address in always]
    others = [home for home in town.homes if home.address not in always]
    drawn = [others[k] for k in sorted(rng.choice(len(others), size=homes - len(named), replace=False))]
    spots: list[CameraSpot] = []
    for home in [*named, *drawn]:
        at_door = home.address in always or rng.random() < DOORBELLS
        spots.append(doorbell(home, rng) if at_door else driveway(home, rng))
        if rng.random() < SECOND_CAMERAS:
            spots.append(backyard(home, rng) if not at_door or rng.random() < 0.5 else driveway(home, rng))
    return tuple(spots)


def doorbell(home: Home, rng: np.random.Generator) -> CameraSpot:
    left, right = front_wall(home)
    share = 0.35 + 0.3 * rng.random()
    at = (left[0] + (right[0] - left[0]) * share, left[1] + (right[1] - left[1]) * share)
    sees = f"The porch, the front walk and {home.street}"
    return spot(home, "doorbell", "Front door", sees, at=at, turn_deg=12 * rng.random() - 6)


def driveway(home: Home, rng: np.random.Generator) -> CameraSpot:
    left, right = front_wall(home)
    at, turn = (left, 28.0) if rng.random() < 0.5 else (right, -28.0)
    sees = f"The driveway and part of {home.street}"
    return spot(home, "outdoor", "Driveway", sees, at=at, turn_deg=turn + 8 * rng.random() - 4)


def backyard(home: Home, rng: np.random.Generator) -> CameraSpot:
    a, b = to_metres(*home.ring[2]), to_metres(*home.ring[3])
    at = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    turn = 170 + 20 * rng.random()
    return spot(home, "outdoor", BACK_YARD, "The back yard and the back door", at=at, turn_deg=turn)


def spot(
    home: Home, kind: str, name: str, sees: str, *, at: tuple[float, float], turn_deg: float
) -> CameraSpot:
    """A camera just off the wall at `at` (metres), turned clockwise from the way the home faces."""
    left, right = front_wall(home)
    along = unit(right[0] - left[0], right[1] - left[1])
    facing = (along[1], -along[0])
    off = -OFF_THE_WALL_M if name == BACK_YARD else OFF_THE_WALL_M
    lon, lat = from_metres(at[0] + facing[0] * off, at[1] + facing[1] * off)
    direction = degrees(atan2(facing[0], facing[1])) + turn_deg
    return CameraSpot(home, kind, name, ExactPlace(lat=lat, lon=lon), round(direction) % 360, sees)


def front_wall(home: Home) -> tuple[tuple[float, float], tuple[float, float]]:
    """The two ends of the front wall in metres; seen from above, the yard lies to the left of it."""
    return to_metres(*home.ring[0]), to_metres(*home.ring[1])
