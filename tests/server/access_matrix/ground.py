"""The ground of the matrix: of everything one for oneself and one for somebody else, and a visitor in every role.

Homes: `home` (with `housemate`) was asked by the first agency, `neighbor` by the second; each shared one video. Both
agencies have people and requests in the same states, so what is the one's own is the other's foreign object.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from time import time
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.server.accounts import people
from tests.server.consent import arrange
from tests.server.video_requests import town

from porchlight.core.visibility import Actor, Role, Side
from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import seal_bytes, seal_stream
from porchlight.server.accounts import actions as accounts
from porchlight.server.accounts import actors
from porchlight.server.accounts.models import SignIn, StaffInvitation, User
from porchlight.server.accounts.passwords import chosen
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.models import Invitation as OfficerInvitation
from porchlight.server.agencies.models import Officer
from porchlight.server.consent import actions as consent
from porchlight.server.consent.models import Invitation, Report
from porchlight.server.footage import actions as footage
from porchlight.server.footage.actions import Door
from porchlight.server.foundation import clock, outbox, worker
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.households import actions as households
from porchlight.server.households.models import MemberInvitation, OptOut
from porchlight.server.notifications.access import links
from porchlight.server.on_call import actions as on_call
from porchlight.server.on_call.models import Shift
from porchlight.server.tokens import access as scopes
from porchlight.server.tokens import actions as tokens
from porchlight.server.video_requests.models import SecondLook

Things = dict[str, Any]
ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3Yx\n-----END AGE ENCRYPTED FILE-----\n"
# West and south of where the two agencies ask; both are in the jurisdiction of both.
PLACES = ((town.WEST, town.SOUTH), (town.WEST + 0.05, town.SOUTH + 0.05))

_IDENTITY, _RECOVERY = generate_identity(), generate_identity()
_SEALED = io.BytesIO()
SEALED, HEAD = seal_stream(io.BytesIO(b"a clip of the street" * 50), _SEALED, [_IDENTITY.recipient])
SEALED_BYTES = _SEALED.getvalue()
ENVELOPE = seal_bytes(b"an envelope", [_IDENTITY.recipient])
UNKNOWN = UUID("00000000-0000-4000-8000-00000000dead")
ABSENT: Things = {
    "ori": "WI0990999",
    "index": 999_999,
    "passkey": 999_999,
    "wraps": tuple(UUID(int=number, version=4) for number in range(3)),
}
"""What names nothing: a UUID where nothing else is said; for tokens a forged one."""


@dataclass
class Moment:
    at: Any = field(default_factory=lambda: town.NOW)

    def __call__(self) -> Any:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass(frozen=True)
class Ground:
    """`own` and `foreign` hold an object of each kind for one point of view; `sessions` a session key for each visitor."""

    views: dict[str, tuple[Things, Things]]
    sessions: dict[str, str]


def make(moment: Moment) -> Ground:
    """Build everything through the actions, and let the worker do its part."""
    first, second = town.make_agency(), town.make_agency("WI0990200")
    reviewer = town.make_reviewer("Rowan (demo)")
    asked = [
        _requests(agents, reviewer, place) for agents, place in zip((first, second), PLACES, strict=True)
    ]
    homes = [
        arrange.home(f"{name}@home.example", lat=south + 0.003, lon=west + 0.004)
        for name, (west, south) in zip(("ana", "bo"), PLACES, strict=True)
    ]
    _work(moment)
    moment.forward(minutes=1)
    videos = [_videos(actor, each["approved"]) for actor, each in zip(homes, asked, strict=True)]
    reports = _reports(homes, asked, reviewer)
    _work(moment)
    teams = [_team(agents, ori) for agents, ori in ((first, "wi0990100"), (second, "wi0990200"))]
    console = _console()
    at_home = [
        _home(actor, each["approved"], place) for actor, each, place in zip(homes, asked, PLACES, strict=True)
    ]
    housemate = arrange.join(household_id=homes[0].household_id, email="housemate@home.example")
    passkeys = [_passkey(housemate), _passkey(homes[1])]
    people_at_home = [_household_people(homes[0], housemate), _household_people(homes[1], homes[1])]
    resident = [
        {**_asked(a), **v, **h, **m, "passkey": p}
        for a, v, h, m, p in zip(asked, videos, at_home, people_at_home, passkeys, strict=True)
    ]
    agency = [{**a, **t, "share": v["share"]} for a, t, v in zip(asked, teams, videos, strict=True)]
    shifts = _shifts(reviewer, moment)
    looks = _looks(asked[0]["approved"], asked[1]["approved"], reviewer)
    review = (
        {**asked[0], **reports[0], **shifts[0], "look": looks[0], "join": console[0]["join_review"]},
        {
            "signed": asked[0]["submitted"],
            "urgent": asked[0]["signed"],
            **shifts[1],
            "look": looks[1],
            "approved": asked[0]["draft"],
            **reports[1],
            "join": console[0]["join"],
        },
    )
    operator = (
        {"agency": first.agency.pk, "admin_invitation": teams[0]["admin_invitation"], **console[0]},
        {
            "agency": second.agency.pk,
            "admin_invitation": teams[0]["invitation"],
            **console[1],
            "join": console[0]["join_review"],
        },
    )
    public = (
        {"public": asked[0]["approved"], "logged": asked[0]["approved"], "ori": "WI0990100", "index": 0},
        {"public": asked[0]["submitted"], "logged": asked[0]["draft"]},
    )
    views = {
        "home": (resident[0] | public[0], resident[1] | public[1]),
        "neighbor": (resident[1] | public[0], resident[0] | public[1]),
        "officer": (agency[0], agency[1] | {"join": console[0]["join"]}),
        "stranger": (agency[1], agency[0] | {"join": console[0]["join"]}),
        "reviewer": review,
        "operator": operator,
    }
    sessions = _sessions(first, second, homes, reviewer)
    _sign_ins(views, sessions)
    console_actor = actors.resolve(User.objects.get(email="operator@operator.example"))
    assert console_actor is not None
    programs = _api_token(reviewer), _api_token(console_actor)
    for (own, foreign), pair in ((review, programs), (operator, programs[::-1])):
        own["program"], foreign["program"] = pair
    return Ground(views=views, sessions=sessions)


def _sign_ins(views: dict[str, tuple[Things, Things]], sessions: dict[str, str]) -> None:
    """Another browser of each view's person, and one of somebody else."""
    with housekeeping("test"):
        for view, (own, foreign) in views.items():
            user_id = SessionStore(sessions[view])[SESSION_KEY]
            own["sign_in"] = SignIn.objects.create(user_id=user_id).pk
            foreign["sign_in"] = SignIn.objects.exclude(user_id=user_id).earliest("began_at", "id").pk


def _requests(agents: town.Agents, reviewer: Actor, place: tuple[float, float]) -> Things:
    """One in each state, each about another evening, as overlapping ones would need a second reviewer."""
    made: Things = {}
    urgent = {"flags": frozenset({"danger_to_life"}), "danger_reason": town.DANGER}
    makers = {
        "draft": lambda **more: town.save(agents.officer, **more),
        "submitted": lambda **more: town.submitted(agents, **more),
        "signed": lambda **more: town.signed(agents, **more),
        "approved": lambda **more: town.approved(agents, reviewer, **more),
        "urgent": lambda **more: town.signed(agents, **urgent, **more),
        "reported": lambda **more: town.approved(agents, reviewer, **more),
    }
    for number, (state, maker) in enumerate(makers.items()):
        earlier = timedelta(days=number)
        made[state] = maker(
            area=town.box(*place),
            case_number=f"AF-26-{10000 + number}",
            starts_at=town.STARTS - earlier,
            ends_at=town.ENDS - earlier,
        ).pk
    return made


def _shifts(reviewer: Actor, moment: Moment) -> tuple[Things, Things]:
    """Another reviewer's shift and an own one; foreign: one's own and one that is over, and another's."""
    other = Actor(Side.REVIEW, Role.REVIEWER, second_factor=True,
                  user_id=str(User.objects.get(email="kim@review.example").pk))  # fmt: skip
    hour = timedelta(hours=1)
    theirs, mine = (
        on_call.add_shift(by=actor, starts_at=moment.at + n * hour, ends_at=moment.at + (n + 6) * hour).pk
        for n, actor in ((48, other), (72, reviewer))
    )
    with housekeeping("test"):
        over = Shift.objects.create(
            reviewer_id=other.user_id, starts_at=moment.at - 6 * hour, ends_at=moment.at - hour
        ).pk
    return {"shift": theirs, "my_shift": mine}, {"shift": over, "my_shift": theirs}


def _looks(first: UUID, second: UUID, reviewer: Actor) -> tuple[UUID, UUID]:
    """One that somebody else approved, and one that this reviewer did."""
    other = User.objects.get(email="kim@review.example").pk
    with housekeeping("test"):
        made = [
            SecondLook.objects.create(
                request_id=request_id,
                round=1,
                log_index=900_000 + number,
                decided_by=[str(approved_by)],
                due_at=clock.now() + timedelta(days=7),
            ).pk
            for number, (request_id, approved_by) in enumerate(((first, other), (second, reviewer.user_id)))
        ]
    return made[0], made[1]


def _asked(requests: Things) -> Things:
    return {"asked": requests["approved"], "reported": requests["reported"]}


def _upload(actor: Actor, request_id: UUID | None) -> UUID:
    upload = footage.begin_upload(by=actor, length=SEALED.sealed_size, request_id=request_id)
    footage.append(by=actor, upload_id=upload.pk, offset=0, parts=[SEALED_BYTES])
    return upload.pk


def _videos(actor: Actor, request_id: UUID) -> Things:
    """A shared video, one in the vault, one sent for the request and not shared yet, one that has begun."""
    footage.store_key(
        by=actor,
        recipient=str(_IDENTITY.recipient),
        recovery_recipient=str(_RECOVERY.recipient),
        wrapped_by_passphrase=ARMOR,
        wrapped_by_recovery=ARMOR,
    )
    facts = {"head": HEAD, "sealed_sha256": SEALED.sealed_sha256, "sealed_size": SEALED.sealed_size}
    video = consent.SealedVideo(**facts, envelope=ENVELOPE, upload_id=_upload(actor, request_id))
    share = consent.share(by=actor, request_id=request_id, video=video, expires_days=90)
    clip = footage.keep_clip(by=actor, upload_id=_upload(actor, None), **facts, grant=ENVELOPE)
    begun = footage.begin_upload(by=actor, length=SEALED.sealed_size, request_id=None)
    return {"share": share, "clip": clip.pk, "upload": _upload(actor, request_id), "begun": begun.pk}


def _home(actor: Actor, request_id: UUID, place: tuple[float, float]) -> Things:
    invitation = Invitation.objects.get(household_id=actor.household_id, request_id=request_id)
    households.opt_out(by=actor, scope="offense", value="home_burglary")
    west, south = place
    return {
        "place": (south + 0.003, west + 0.004),
        "camera": households.add_camera(by=actor, name="Back door", kind="outdoor").pk,
        "opt_out": OptOut.objects.get(household_id=actor.household_id).pk,
        "program": _api_token(actor),
        "request_token": links.request_token(invitation.pk, clock.now()),
        "opt_out_token": links.opt_out_token(UUID(str(actor.household_id))),
    }


def _household_people(holder: Actor, person: Actor) -> Things:
    """Somebody invited, and somebody who waits to be let in to the key."""
    link = households.invite_member(by=holder, email=f"guest-of-{holder.household_id}@home.example")
    waits = generate_identity().recipient
    door = Door(kind="words", recipient=waits, locked=ARMOR, holder="somebody@home.example")
    return {
        "person": UUID(str(person.user_id)),
        "member_token": _token(link),
        "member_invitation": MemberInvitation.objects.get(household_id=holder.household_id).pk,
        "door": footage.put_door(by=person, key_recipient=str(_IDENTITY.recipient), door=door),
        "door_recipient": waits,
        "key": str(_IDENTITY.recipient),
    }


def _reports(homes: list[Actor], asked: list[Things], reviewer: Actor) -> tuple[Things, Things]:
    """An open report, and one that another reviewer has answered."""
    found = []
    for actor, each in zip(homes, asked, strict=True):
        consent.report(by=actor, request_id=each["reported"], why="too_wide", text="Too wide.")
        found.append(Report.objects.get(household_id=actor.household_id).pk)
    consent.resolve_report(by=reviewer, report_id=found[1], upheld=False)
    return {"report": found[0]}, {"report": found[1]}


def _team(agents: town.Agents, ori: str) -> Things:
    """The agency's other people, and its open invitations."""
    domain, agency = f"{ori}.example", agents.agency
    with housekeeping("test"):
        town._person(agency, "admin", ori, is_admin=True)
        locked = town._person(agency, "locked", ori)
        left = town._person(agency, "left", ori)
        town._person(agency, "unfactored", ori)
        User.objects.filter(pk=locked.user_id).update(locked_at=clock.now())
    agencies.remove_officer(officer_id=Officer.objects.get(user_id=left.user_id).pk, by=None)
    made: Things = {}
    for kind, admin in (("invitation", False), ("admin_invitation", True)):
        link = agencies.invite_officer(
            agency_id=agency.pk, email=f"{kind}@{domain}", name="New Person", is_admin=admin, by=None
        )
        made[kind] = OfficerInvitation.objects.get(email=f"{kind}@{domain}").pk
        made["join"] = _token(link)
    recipient, wraps = town.key_for(agents.officer)
    made["q"] = recipient, [wrap.ciphertext for wrap in wraps]
    made["wraps"] = tuple(wrap.key_id for wrap in wraps)
    made["member"] = Officer.objects.get(user_id=agents.colleague.user_id).pk
    made["program"] = _api_token(agents.officer)
    made["locked_member"] = Officer.objects.get(user_id=locked.user_id).pk
    return made


def _api_token(actor: Actor) -> UUID:
    offered = [each.value for each in scopes.OFFERED[actor.side]]
    acting = replace(actor, second_factor=True, fresh_factor=True)
    return tokens.make_token(name="A program", scopes=offered, by=acting).entry.id


def _console() -> tuple[Things, Things]:
    """Staff accounts and invitations; for an operator an officer's account and another side's link are foreign."""
    own: Things = {}
    for side, kind in ((Side.REVIEW, "join_review"), (Side.OPERATOR, "join")):
        email = f"new@{side.value}.example"
        link = accounts.invite_staff(email=email, side=side, display_name="New Person", by=None)
        own[kind] = _token(link)
        own["staff_invitation"] = StaffInvitation.objects.get(email=email).pk
    own["staff"] = people.staff("kim@review.example").pk
    officer = Officer.objects.filter(is_admin=True).earliest("joined_at")
    return own, {
        "staff": officer.user_id,
        "staff_invitation": OfficerInvitation.objects.earliest("created_at").pk,
    }


def _token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def _passkey(actor: Actor) -> int:
    return Authenticator.objects.create(
        user_id=actor.user_id, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    ).pk


def _sessions(first: town.Agents, second: town.Agents, homes: list[Actor], reviewer: Actor) -> dict[str, str]:
    """Everybody signs in, and what happened to some of them happens then."""
    sessions = {
        "home": _session(homes[0]),
        "neighbor": _session(homes[1]),
        "housemate": _proven(_session(User.objects.get(email="housemate@home.example"))),
        "homeless": _session(arrange.resident("homeless@home.example")),
        "closed": _session(arrange.resident("closed@home.example")),
        "officer": _session(first.officer),
        "colleague": _session(first.colleague),
        "supervisor": _session(first.supervisor),
        "confirmed": _session(first.supervisor, confirmed=True),
        "halfway": _session(first.supervisor, passed=False),
        "custodian": _session(first.clerk),
        "stranger": _session(second.officer),
        "reviewer": _session(reviewer),
    }
    for name in ("admin", "locked", "left", "unfactored"):
        user = User.objects.get(email=f"{name}@wi0990100.example")
        sessions[name] = _session(user, factor=name != "unfactored", confirmed=name == "admin")
    for side, name in ((Side.REVIEW, "reviewer"), (Side.OPERATOR, "operator")):
        for kind in ("", "unfactored_", "former_"):
            if kind + name not in sessions:
                user = people.staff(f"{kind}{name}@{side.value}.example", side, factor=False)
                sessions[kind + name] = _session(user, factor=kind != "unfactored_")
        former = User.objects.get(email=f"former_{name}@{side.value}.example")
        accounts.close_account(user_id=former.pk, by=None)
    with housekeeping("test"):
        User.objects.filter(email="closed@home.example").update(is_active=False)
    return sessions


@cache
def _password() -> str:
    return chosen(people.PASSWORD, email="", name="")


def _session(who: Actor | User, *, factor: bool = True, passed: bool = True, confirmed: bool = False) -> str:
    """The key of an open session; staff with `factor` have an authenticator app, and `passed` it."""
    user = who if isinstance(who, User) else User.objects.get(pk=who.user_id)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    staff = user.side != Side.RESIDENT.value
    with housekeeping("test"):
        if not user.has_usable_password():
            user.password = _password()
            user.save(update_fields=["password"])
        if staff and factor and not user.authenticator_set.exists():
            add_authenticator_app(user, people.SECRET)
    client = people.signed_in(user, factor=staff and factor and passed, confirmed=confirmed)
    return next(iter(client.cookies.values())).value


def _proven(session: str) -> str:
    """A session in which the password was given again just now."""
    store = SessionStore(session)
    given = {"method": "password", "at": time(), "reauthenticated": True}
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [given]
    store[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(
        User.objects.get(pk=UUID(store[SESSION_KEY]))
    )
    store.save()
    return session


def _work(moment: Moment) -> None:
    """Let the background worker do all that is due."""
    for _ in range(40):
        busy = outbox.run_once(moment.at)
        for job in worker._periodic.values():
            busy = job.work(moment.at) or busy
        if not busy:
            return
