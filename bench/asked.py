"""`python -m bench.asked fill COUNT`, `… approve`, `… sign-in COUNT`: homes, a request that asks all, their sessions.

Rows are written in bulk; approval is an event in the outbox, as in life. `approve` prints the moment it was committed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import timedelta

from porchlight.commands.django_setup import setup

_WEST, _SOUTH, _EAST, _NORTH = -89.3340, 44.0970, -89.3260, 44.1030
_Q = "age1qu0x8x8xw3xhhwq2r38cx6rt3n0vs3h3mryye9yj0rkd5d3a4y8sf5y8jd"
_PART = 1000


def main(words: list[str]) -> None:
    setup()
    if words[0] == "fill":
        fill(int(words[1]))
    elif words[0] == "approve":
        approve()
    else:
        sign_in(int(words[1]))


def fill(count: int) -> None:
    """`count` verified households inside the square, with one member and one camera each."""
    from porchlight.core.places import ExactPlace, cell_of  # noqa: PLC0415 - after the set-up
    from porchlight.server.accounts.models import User  # noqa: PLC0415
    from porchlight.server.foundation import clock  # noqa: PLC0415
    from porchlight.server.foundation.actions import action  # noqa: PLC0415
    from porchlight.server.households.models import Camera, Household, Membership  # noqa: PLC0415

    dice = random.Random(3)

    @action("bench.fill")
    def part(*, numbers: range) -> None:
        places = [ExactPlace(dice.uniform(_SOUTH, _NORTH), dice.uniform(_WEST, _EAST)) for _ in numbers]
        now = clock.now()
        homes = [
            Household(
                place_verified_at=now, latitude=each.lat, longitude=each.lon, timezone="America/Chicago"
            )
            for each in places
        ]
        users = [User(email=f"owner{n}@example.org", side="resident", password="!") for n in numbers]  # noqa: S106
        Household.objects.bulk_create(homes)
        User.objects.bulk_create(users)
        Membership.objects.bulk_create(
            Membership(household=home, user=user) for home, user in zip(homes, users, strict=True)
        )
        Camera.objects.bulk_create(
            Camera(
                household=home,
                name="Door",
                kind="doorbell",
                latitude=at.lat,
                longitude=at.lon,
                cell=cell_of(at),
            )
            for home, at in zip(homes, places, strict=True)
        )

    for first in range(0, count, _PART):
        part(numbers=range(first, min(count, first + _PART)))


def approve() -> None:
    """An approved request about the square, in the log, its event in the outbox."""
    from porchlight.core.log_entries import EntryKind  # noqa: PLC0415 - after the set-up
    from porchlight.server.accounts.models import User  # noqa: PLC0415 - after the set-up
    from porchlight.server.agencies.models import Agency  # noqa: PLC0415
    from porchlight.server.foundation import clock  # noqa: PLC0415
    from porchlight.server.foundation.actions import action, emit  # noqa: PLC0415
    from porchlight.server.transparency.actions import record  # noqa: PLC0415
    from porchlight.server.video_requests.models import VideoRequest  # noqa: PLC0415

    @action("bench.approve")
    def run() -> None:
        now = clock.now()
        corners = [(_WEST, _SOUTH), (_EAST, _SOUTH), (_EAST, _NORTH), (_WEST, _NORTH), (_WEST, _SOUTH)]
        request = VideoRequest.objects.create(
            agency=Agency.objects.create(
                ori="WI0420000",
                name="Alder Falls Police Department",
                short_name="Alder Falls Police",
                state="WI",
                timezone="America/Chicago",
                joined_on=now.date(),
            ),
            created_by=User.objects.create(
                email="hale@alder.example.org", side="agency", display_name="Robin Hale"
            ),
            state="approved",
            case_number="AF-26-01734",
            offense="home_burglary",
            area={"type": "Polygon", "coordinates": [corners]},
            starts_at=now - timedelta(days=4, hours=13),
            ends_at=now - timedelta(days=4, hours=10),
            public_summary="A house near Mill Street was entered. We look for people passing that evening.",
            q_recipient=_Q,
            approved_at=now,
            closes_at=now + timedelta(days=14),
        )
        record(kind=EntryKind.REQUEST_SUBMITTED, subject_id=request.pk, body={"q": _Q})
        emit("video_request.approved", request_id=request.pk)

    run()
    print(time.time())


def sign_in(count: int) -> None:
    """Prints a JSON list of the first owners: session's key, request's id, and the link of their mail."""
    from django.conf import settings  # noqa: PLC0415 - after the set-up
    from django.contrib.auth import login  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.http import HttpRequest  # noqa: PLC0415

    from porchlight.core.visibility import Side  # noqa: PLC0415
    from porchlight.server.accounts.models import User  # noqa: PLC0415
    from porchlight.server.notifications.access import links  # noqa: PLC0415
    from porchlight.server.notifications.models import Notice  # noqa: PLC0415
    from porchlight.server.video_requests.models import VideoRequest  # noqa: PLC0415

    request_row = VideoRequest.objects.get()
    found = []
    for number in range(count):
        user = User.objects.get(email=f"owner{number}@example.org")
        request = HttpRequest()
        request.META = {"REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
        request.session, request.side = SessionStore(), Side.RESIDENT  # type: ignore[attr-defined]
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.save()
        notice = Notice.objects.get(user_id=user.pk)
        token = links.request_token(notice.invitation_id, request_row.approved_at)
        found.append(
            {"session": request.session.session_key, "request": str(request_row.pk), "link": f"/r/{token}/"}
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
