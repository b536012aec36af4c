"""The household's own: its place, cameras and opt-outs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from porchlight.server.consent import actions as consent
from porchlight.server.foundation.routing import Audience
from porchlight.server.households import access, actions
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Given, Made
from porchlight.server.portals.resident.api.side import api
from porchlight.server.tokens.access import Scope

_OWN = Audience.RESIDENT
_READ, _WRITE = Scope.HOUSEHOLD_READ, Scope.HOUSEHOLD_WRITE


class HouseholdOut(Schema):
    """Where the household is, and how far its proof. All of it is empty before a place was claimed."""

    address: str
    latitude: float | None
    longitude: float | None
    timezone: str
    place_state: str
    attempts_left: int


class PlaceIn(Given):
    """A place that is claimed; a letter with a code goes to its address."""

    address: str = Field(max_length=200)
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    timezone: str = Field("", max_length=64)


class CodeIn(Given):
    """The code in the letter."""

    code: str = Field(max_length=20)


class CameraIn(Given):
    """A camera; without a place of its own it is at the home's."""

    name: str = Field(max_length=60)
    kind: Literal["doorbell", "outdoor"]
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    direction_deg: int | None = Field(None, ge=0, le=359)
    sees: str = Field("", max_length=120)


class CameraOut(Schema):
    """A camera of the registry; nobody but the household sees it."""

    id: UUID
    name: str
    kind: str
    latitude: float
    longitude: float
    direction_deg: int | None
    sees: str


class CamerasOut(Schema):
    """All of them, the oldest first."""

    items: list[CameraOut]


class OptOutIn(Given):
    """`value`: an agency's id, or an offense type; empty for all."""

    scope: Literal["all", "agency", "offense"]
    value: str = Field("", max_length=64)


class OptOutOut(Schema):
    """What the household does not want to be asked."""

    id: UUID
    scope: str
    value: str


class OptOutsOut(Schema):
    """All of them, the oldest first."""

    items: list[OptOutOut]


@api.get("/household", audience=_OWN, scope=_READ, answer=HouseholdOut)
def read_household(request: ApiRequest) -> Mapping[str, object]:
    """Where the household is, and how far its proof."""
    own = access.own_household(request.actor)
    status = access.place_state(request.actor)
    names = ("address", "latitude", "longitude", "timezone")
    empty: dict[str, object] = {"address": "", "latitude": None, "longitude": None, "timezone": ""}
    found = {name: getattr(own, name) for name in names} if own is not None else empty
    return {**found, "place_state": status.state.value, "attempts_left": status.attempts_left}


@api.post("/household", audience=_OWN, status=204)
def claim_place(request: ApiRequest, body: PlaceIn) -> None:
    """Say where home is. Nothing tells whether others claim the same place.

    Farther than 250 m from the old home it is a move: cameras and open requests of the old home end, opt-outs stay.
    """
    consent.move_house(
        by=request.actor,
        address=body.address,
        lat=body.latitude,
        lon=body.longitude,
        timezone=body.timezone,
    )


@api.post("/household/code", audience=_OWN, status=204)
def confirm_place(request: ApiRequest, body: CodeIn) -> None:
    """Prove the place with the code of the letter."""
    actions.confirm_code(by=request.actor, code=body.code).require()


@api.post("/household/letter", audience=_OWN, status=204)
def request_letter(request: ApiRequest) -> None:
    """Ask for another letter; the code of the one before ends."""
    actions.request_letter(by=request.actor)


@api.get("/cameras", audience=_OWN, scope=_READ, answer=CamerasOut)
def list_cameras(request: ApiRequest) -> Mapping[str, object]:
    """The household's cameras."""
    return {"items": list(access.cameras(request.actor))}


@api.post("/cameras", audience=_OWN, scope=_WRITE, answer=Made, status=201)
def add_camera(request: ApiRequest, body: CameraIn) -> Mapping[str, object]:
    """Register a camera, so that its household can be asked."""
    return {"id": actions.add_camera(by=request.actor, **_said(body)).pk}


@api.post("/cameras/{uuid:camera_id}", audience=_OWN, scope=_WRITE, answer=CameraOut)
def change_camera(request: ApiRequest, camera_id: UUID, body: CameraIn) -> object:
    """Change a camera. What is left out becomes empty."""
    access.camera_for(request.actor, camera_id)
    return actions.change_camera(by=request.actor, camera_id=camera_id, **_said(body))


@api.post("/cameras/{uuid:camera_id}/remove", audience=_OWN, scope=_WRITE, status=204)
def remove_camera(request: ApiRequest, camera_id: UUID) -> None:
    """Take a camera out of the registry."""
    actions.remove_camera(by=request.actor, camera_id=camera_id)


@api.get("/opt-outs", audience=_OWN, scope=_READ, answer=OptOutsOut)
def list_opt_outs(request: ApiRequest) -> Mapping[str, object]:
    """What the household does not want to be asked."""
    return {"items": list(access.opt_outs(request.actor))}


@api.post("/opt-outs", audience=_OWN, scope=_WRITE, status=204)
def opt_out(request: ApiRequest, body: OptOutIn) -> None:
    """Opt out, for the whole household, until it is undone. Twice is once."""
    actions.opt_out(by=request.actor, scope=body.scope, value=body.value)


@api.post("/opt-outs/{uuid:opt_out_id}/undo", audience=_OWN, scope=_WRITE, status=204)
def undo_opt_out(request: ApiRequest, opt_out_id: UUID) -> None:
    """Be asked again."""
    actions.undo_opt_out(by=request.actor, opt_out_id=opt_out_id)


def _said(body: CameraIn) -> dict[str, Any]:
    given = body.dict(exclude={"latitude", "longitude"})
    return {**given, "lat": body.latitude, "lon": body.longitude}
