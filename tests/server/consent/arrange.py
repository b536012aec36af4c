"""People, homes and an approved request, made as they are made in life where that is short, as rows where it is long."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from porchlight.core.log_entries import EntryKind
from porchlight.core.places import ExactPlace, cell_of
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts.models import User
from porchlight.server.agencies.models import Agency
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, emit, housekeeping
from porchlight.server.households import access, actions
from porchlight.server.households.models import Camera, Household, Membership
from porchlight.server.transparency.actions import record
from porchlight.server.video_requests.models import VideoRequest

Q = "age1qu0x8x8xw3xhhwq2r38cx6rt3n0vs3h3mryye9yj0rkd5d3a4y8sf5y8jd"
CENTRE = (44.1000, -89.3300)
T0 = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [
            [-89.3340, 44.0970],
            [-89.3260, 44.0970],
            [-89.3260, 44.1030],
            [-89.3340, 44.1030],
            [-89.3340, 44.0970],
        ]
    ],
}


@dataclass
class Time:
    """A clock that a test moves."""

    at: datetime = field(default_factory=lambda: T0)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


def resident(email: str = "ana@example.org") -> Actor:
    """Somebody with an account and no home yet."""
    with housekeeping("test"):
        user = User.objects.create_user(email, Side.RESIDENT)
    return access.actor_of(user.pk)


def again(actor: Actor) -> Actor:
    """The same person at the next request."""
    return access.actor_of(UUID(actor.user_id))


def home(
    email: str = "ana@example.org",
    *,
    lat: float = CENTRE[0],
    lon: float = CENTRE[1],
    verified: bool = True,
    camera: bool = True,
    timezone: str = "America/Chicago",
) -> Actor:
    """Somebody with a home, proven by the letter's code, and a doorbell."""
    actor = resident(email)
    actions.claim_place(by=actor, address="14 Mill Street, Alder Falls", lat=lat, lon=lon, timezone=timezone)
    actor = again(actor)
    if verified:
        letter = actions.print_letter(household_id=UUID(actor.household_id))
        actions.confirm_code(by=actor, code=letter.code).require()
    if camera:
        actions.add_camera(by=actor, name="Front door", kind="doorbell")
    return actor


@action("test.join")
def join(*, household_id: str, email: str) -> Actor:
    """Another member of a household."""
    user = User.objects.create_user(email, Side.RESIDENT)
    Membership.objects.create(household_id=household_id, user=user)
    return access.actor_of(user.pk)


@action("test.homes")
def many_homes(*, count: int) -> list[UUID]:
    """`count` verified households with one member and one camera each, all inside SQUARE."""
    place = ExactPlace(*CENTRE)
    households = [
        Household(place_verified_at=clock.now(), latitude=place.lat, longitude=place.lon)
        for _ in range(count)
    ]
    Household.objects.bulk_create(households)
    users = [User(email=f"owner{n}@example.org", side="resident", password="!") for n in range(count)]
    User.objects.bulk_create(users)
    pairs = list(zip(households, users, strict=True))
    Membership.objects.bulk_create([Membership(household=h, user=u) for h, u in pairs])
    Camera.objects.bulk_create(
        [
            Camera(
                household=h,
                name="Door",
                kind="doorbell",
                latitude=place.lat,
                longitude=place.lon,
                cell=cell_of(place),
            )
            for h in households
        ]
    )
    return [h.pk for h in households]


@action("test.agency")
def agency(*, ori: str = "WI0420000") -> Agency:
    return Agency.objects.create(
        ori=ori,
        name="Alder Falls Police Department" if ori == "WI0420000" else f"Agency {ori}",
        short_name="Alder Falls Police",
        state="WI",
        timezone="America/Chicago",
        joined_on=T0.date(),
    )


@action("test.approve")
def approved(
    *,
    by_agency: Agency,
    offense: str = "home_burglary",
    area: dict | None = None,
    logged: bool = True,
    **more,
) -> VideoRequest:
    """An approved request in the log, with its event in the outbox."""
    now = clock.now()
    officer, _ = User.objects.get_or_create(
        email=f"hale@{by_agency.ori.lower()}.example.org",
        defaults={"side": "agency", "display_name": "Robin Hale"},
    )
    request = VideoRequest.objects.create(
        agency=by_agency,
        created_by=officer,
        state="approved",
        case_number="AF-26-01734",
        offense=offense,
        area=area or SQUARE,
        starts_at=now - timedelta(days=4, hours=13),
        ends_at=now - timedelta(days=4, hours=10, minutes=30),
        public_summary="A house near Mill Street was entered. We look for people passing that evening.",
        q_recipient=Q,
        approved_at=now,
        closes_at=now + timedelta(days=14),
        **more,
    )
    if logged:
        log_key(request)
    emit("video_request.approved", request_id=request.pk)
    return request


def log_key(request: VideoRequest) -> None:
    record(kind=EntryKind.REQUEST_SUBMITTED, subject_id=request.pk, body={"q": request.q_recipient})


def reviewer() -> Actor:
    with housekeeping("test"):
        user = User.objects.create_user("vera@example.org", Side.REVIEW)
    return Actor(Side.REVIEW, Role.REVIEWER, user_id=str(user.pk), second_factor=True)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()
