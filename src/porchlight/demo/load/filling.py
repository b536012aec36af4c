"""The whole fill, in the order in which it would have happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from porchlight.core.places import read_area
from porchlight.demo import scenes
from porchlight.demo.load import cases
from porchlight.demo.load.asking import Desk, tell_the_past, tell_the_present
from porchlight.demo.load.homes import add_homes
from porchlight.demo.load.people import Cast, add_staff
from porchlight.demo.load.story import Story, story_of
from porchlight.demo.load.vault import HouseholdKeys, keep_clip, make_household_key, share_once
from porchlight.demo.people import MAYA, THEO
from porchlight.demo.place import DemoNote
from porchlight.demo.scenes import Scene
from porchlight.demo.town import alder_falls
from porchlight.seal.receipt import Shown, ShownPlace
from porchlight.server.accounts.passwords import HashedPassword
from porchlight.server.households import access as households

Say = Callable[[str], None]


class Shelf(Protocol):
    """Where the drawn clips come from."""

    def path(self, key: str, /) -> Path:
        """The file of a scene."""


SHARED_SCENE = scenes.VAN_STOPS
MAYAS_CLIPS: tuple[tuple[Scene, int, int, int, str], ...] = (
    (scenes.PARCEL_LEFT, 4, 11, 24, "Front door"),
    (scenes.PERSON_WALKS, 3, 18, 42, "Front door"),
    (scenes.CAR_PASSES, 3, 19, 38, "Front door"),
    (scenes.CAT_ON_STEPS, 3, 20, 55, "Front door"),
)
"""Scene, days ago, hour, minute, camera: three of them in the time of the open request."""


class OnlyInDemo(RuntimeError):
    """The fill was started on an instance that does not run in demo mode."""


def fill(data_dir: Path, note: DemoNote, shelf: Shelf, say: Say) -> DemoNote:
    """Fill an empty, migrated database; returns the note with everybody's account. Raises OnlyInDemo."""
    if not settings.PORCHLIGHT.demo:
        raise OnlyInDemo("the demo's people have secrets that everybody knows")
    town = alder_falls()
    (data_dir / "map.geojson").write_text(json.dumps(town.map_geojson(), separators=(",", ":")))
    (data_dir / "addresses.csv").write_text(town.addresses_csv())
    say(f"drew {town.name}: {len(town.streets)} streets, {len(town.homes):,} homes")
    with story_of(datetime.now(UTC)) as story:
        password = HashedPassword(make_password(note.password))  # once: it takes its time on purpose
        cast = add_staff(story, town, password)
        say("the police department, two reviewers and the operator have joined")
        add_homes(story, town, cast, password)
        say("300 homes have registered their cameras")
        keys = make_household_key(cast.actor(MAYA), MAYA.passphrase)
        desk = Desk(story, cast)
        tell_the_past(desk, lambda request_id: _share_one(request_id, cast, shelf))
        say(
            "four requests have been decided, one of them urgent; one was looked at again; one video was shared"
        )
        _keep_clips(story, cast, keys, shelf)
        say("Maya's clips are locked in her vault")
        tell_the_present(desk)
        say("one request is open to owners, one waits for review, one for a signature")
    return replace(note, filled=True, people={key: str(user.pk) for key, user in cast.users.items()})


def _share_one(request_id: UUID, cast: Cast, shelf: Shelf) -> None:
    """Somebody in the area of the earlier request, with no key of their own, shares one file and ticks the block."""
    area = read_area(cases.SHARED.area())
    demo_homes = {cast.actor(someone).household_id for someone in (MAYA, THEO)}
    household_id = next(each for each in households.households_in(area) if str(each) not in demo_homes)
    member = households.members_of([household_id])[0]
    shown = Shown(place=ShownPlace(kind="block", text="Larch Street between Second and Third Avenue"))
    share_once(households.actor_of(member.user_id), request_id, shelf.path(SHARED_SCENE.key), shown, days=180)


def _keep_clips(story: Story, cast: Cast, keys: HouseholdKeys, shelf: Shelf) -> None:
    story.go_to(story.moment(2, 8, 30))
    for scene, days_ago, hour, minute, camera in MAYAS_CLIPS:
        keep_clip(
            cast.actor(MAYA),
            keys,
            shelf.path(scene.key),
            story.moment(days_ago, hour, minute),
            seconds=scene.seconds,
            note=camera,
        )
