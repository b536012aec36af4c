"""Homes with cameras: those of the demo residents step by step, all others in one stroke."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from django.contrib.auth.hashers import make_password

from porchlight.core.places import cell_of
from porchlight.core.visibility import Side
from porchlight.demo.load.people import Cast, resident_account
from porchlight.demo.load.story import Story
from porchlight.demo.people import RESIDENTS, TIMEZONE, DemoPerson
from porchlight.demo.town import CameraSpot, Town, camera_spots
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import HashedPassword
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action
from porchlight.server.households import access, actions
from porchlight.server.households.models import Camera, Household, Membership


def add_homes(story: Story, town: Town, cast: Cast, password: HashedPassword) -> None:
    """Every household with a camera; the demo residents' accounts join the cast."""
    story.go_to(story.moment(35, 9))
    spots = camera_spots(town, always=tuple(someone.home_address for someone in RESIDENTS))
    named = {someone.home_address: someone for someone in RESIDENTS}
    by_home = [(home, list(group)) for home, group in groupby(spots, key=lambda spot: spot.home)]
    for home, cameras in by_home:
        if home.address in named:
            _move_in(cast, named[home.address], cameras, town, password)
    others = [(home.address, cameras) for home, cameras in by_home if home.address not in named]
    add_neighbors(homes=others, town_name=town.name)


def _move_in(
    cast: Cast, someone: DemoPerson, cameras: list[CameraSpot], town: Town, password: HashedPassword
) -> None:
    user = cast.users[someone.key] = resident_account(someone, password)
    place = cameras[0].home.place
    household = actions.claim_place(
        by=cast.actor(someone),
        address=f"{someone.home_address}, {town.name}",
        lat=place.lat,
        lon=place.lon,
        timezone=TIMEZONE,
    )
    letter = actions.print_letter(household_id=household.pk)
    actions.confirm_code(by=access.actor_of(user.pk), code=letter.code)
    for camera in cameras:
        actions.add_camera(
            by=access.actor_of(user.pk),
            name=camera.name,
            kind=camera.kind,
            lat=camera.place.lat,
            lon=camera.place.lon,
            direction_deg=camera.direction_deg,
            sees=camera.sees,
        )


@action("demo.add_neighbors")
def add_neighbors(*, homes: Iterable[tuple[str, list[CameraSpot]]], town_name: str) -> list[UUID]:
    """Households that only stand in the tables: one member each, who can be written to and cannot sign in."""
    now = clock.now()
    households: list[Household] = []
    users: list[User] = []
    cameras: list[Camera] = []
    for number, (address, spots) in enumerate(homes, start=1):
        place = spots[0].home.place
        household = Household(
            created_at=now,
            address=f"{address}, {town_name}",
            latitude=place.lat,
            longitude=place.lon,
            timezone=TIMEZONE,
            place_verified_at=now,
        )
        households.append(household)
        users.append(
            User(
                email=f"home-{number:03}@neighbors.example",
                side=Side.RESIDENT.value,
                display_name=f"Home {number} (demo)",
                password=make_password(None),
                timezone=TIMEZONE,
            )
        )
        cameras += [_camera(household, spot) for spot in spots]
    Household.objects.bulk_create(households)
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        [Membership(household=home, user=user) for home, user in zip(households, users, strict=True)]
    )
    Camera.objects.bulk_create(cameras)
    return [household.pk for household in households]


def _camera(household: Household, spot: CameraSpot) -> Camera:
    return Camera(
        household=household,
        name=spot.name,
        kind=spot.kind,
        latitude=spot.place.lat,
        longitude=spot.place.lon,
        direction_deg=spot.direction_deg,
        sees=spot.sees,
        cell=cell_of(spot.place),
    )
