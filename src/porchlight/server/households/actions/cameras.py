"""The registry of cameras: what a household says it has, so that it can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from porchlight.core.errors import Refused
from porchlight.core.places import ExactPlace, cell_of
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor
from porchlight.server.foundation.actions import action, audit
from porchlight.server.households.access import lines
from porchlight.server.households.access.moving import MOST_METRES_FROM_HOME, metres_between
from porchlight.server.households.access.own import camera_for, held_household
from porchlight.server.households.models import Camera, Household

KINDS = ("doorbell", "outdoor")
MOST_CAMERAS = 30


@dataclass(frozen=True)
class _Said:
    """What was typed about a camera; degrees, and None for the home's own place or an unknown direction."""

    name: str
    kind: str
    lat: float | None
    lon: float | None
    direction_deg: int | None
    sees: str


@action("household.add_camera")
def add_camera(
    *,
    by: Actor,
    name: str,
    kind: str,
    lat: float | None = None,
    lon: float | None = None,
    direction_deg: int | None = None,
    sees: str = "",
) -> Camera:
    """Register a camera; without a place of its own it is at the home's. Raises Refused with every reason."""
    household = held_household(by)
    if household.cameras.count() >= MOST_CAMERAS:
        raise Refused((reason("too_many_cameras", most=MOST_CAMERAS),))
    camera = Camera(household=household)
    _fill(camera, household, _Said(name, kind, lat, lon, direction_deg, sees))
    camera.save(force_insert=True)
    audit(f"household:{household.pk}")
    return camera


@action("household.change_camera")
def change_camera(
    *,
    by: Actor,
    camera_id: UUID,
    name: str,
    kind: str,
    lat: float | None = None,
    lon: float | None = None,
    direction_deg: int | None = None,
    sees: str = "",
) -> Camera:
    """Change a camera. Raises NotFound, Refused."""
    household = held_household(by)
    camera = camera_for(by, camera_id)
    _fill(camera, household, _Said(name, kind, lat, lon, direction_deg, sees))
    camera.save()
    audit(f"household:{household.pk}")
    return camera


@action("household.remove_camera")
def remove_camera(*, by: Actor, camera_id: UUID) -> None:
    """Take a camera out of the registry. Raises NotFound."""
    camera = camera_for(by, camera_id)
    camera.delete()
    audit(f"household:{camera.household_id}")


def _fill(camera: Camera, household: Household, said: _Said) -> None:
    found: list[Reason] = [*lines.reasons(said.name, "name", most=60)]
    found += lines.reasons(said.sees, "sees", most=120, least=0)
    if said.kind not in KINDS:
        found.append(reason("camera_kind_unknown"))
    if said.direction_deg is not None and not 0 <= said.direction_deg < 360:  # noqa: PLR2004 - a full circle
        found.append(reason("camera_direction_unknown"))
    place = _place(household, said.lat, said.lon)
    if isinstance(place, Reason):
        found.append(place)
    if found or isinstance(place, Reason):
        raise Refused(tuple(found))
    camera.name, camera.kind, camera.sees = lines.tidy(said.name), said.kind, lines.tidy(said.sees)
    camera.latitude, camera.longitude, camera.cell = place.lat, place.lon, cell_of(place)
    camera.direction_deg = said.direction_deg


def _place(household: Household, lat: float | None, lon: float | None) -> ExactPlace | Reason:
    if household.latitude is None or household.longitude is None:
        return reason("place_missing")
    home = ExactPlace(household.latitude, household.longitude)
    if lat is None or lon is None:
        return home
    try:
        place = ExactPlace(lat, lon)
    except ValueError:
        return reason("place_not_on_map")
    metres = metres_between(home, place)
    if metres > MOST_METRES_FROM_HOME:
        return reason("camera_too_far", metres=round(metres), most_metres=MOST_METRES_FROM_HOME)
    return place


def leave_behind(household: Household) -> None:
    """Inside the action of moving: cameras of the home that was left are no longer the household's."""
    home = ExactPlace(household.latitude or 0.0, household.longitude or 0.0)
    for camera in Camera.objects.filter(household=household):
        if metres_between(home, ExactPlace(camera.latitude, camera.longitude)) > MOST_METRES_FROM_HOME:
            camera.delete()
