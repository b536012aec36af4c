"""A small agency with people, keys and a jurisdiction, and requests of all states, made through the actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyrage

from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts.models import User
from porchlight.server.agencies.models import Agency, Officer, OfficerKey
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.video_requests import access, actions
from porchlight.server.video_requests.models import VideoRequest

NOW = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
STARTS = datetime(2026, 3, 19, 2, 0, tzinfo=UTC)
ENDS = datetime(2026, 3, 19, 4, 0, tzinfo=UTC)
WEST, SOUTH = -89.34, 44.09
SUMMARY = "A blue van was taken from the lot at Linden Street. We would like to see which way it went."
BASIS = "The owner reported the van missing at 9:50 pm. Its tracker stopped at Third Avenue at 9:58 pm."
DANGER = "She needs insulin every four hours and left home without it."
ANSWERS = {"facts": "yes", "area": "yes", "time": "yes", "speech": "yes", "ties": "no"}


def box(
    west: float = WEST, south: float = SOUTH, *, wide: float = 0.01, high: float = 0.0075
) -> dict[str, Any]:
    """About 0.26 square miles."""
    east, north = west + wide, south + high
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def draft(**changes: Any) -> access.Draft:
    """A draft that breaks no rule."""
    made = access.Draft(
        area=box(),
        starts_at=STARTS,
        ends_at=ENDS,
        offense="vehicle_theft",
        case_number="AF-26-01734",
        factual_basis=BASIS,
        public_summary=SUMMARY,
    )
    return replace(made, **changes)


@dataclass(frozen=True)
class Agents:
    """The actors of one agency, with the agency."""

    agency: Agency
    officer: Actor
    colleague: Actor
    supervisor: Actor
    clerk: Actor


def make_agency(ori: str = "WI0990100", *, jurisdiction: dict[str, Any] | None = None) -> Agents:
    """An active agency: officer, colleague, supervisor and clerk; all have keys, the last two are custodians."""
    with housekeeping("test"):
        agency = Agency.objects.create(
            ori=ori,
            name=f"Alder Falls Police Department {ori[-3:]}",
            short_name="Alder Falls Police",
            state="WI",
            case_template="AF-##-#####",
            jurisdiction=jurisdiction or box(-89.5, 44.0, wide=0.4, high=0.3),
            timezone="America/Chicago",
            joined_on=NOW.date(),
        )
        people = {
            name: _person(agency, name, ori, **roles)
            for name, roles in {
                "officer": {},
                "colleague": {},
                "supervisor": {"is_supervisor": True, "is_custodian": True},
                "clerk": {"is_custodian": True},
            }.items()
        }
    return Agents(agency=agency, **people)


def _person(agency: Agency, name: str, ori: str, **roles: bool) -> Actor:
    user = User.objects.create_user(
        f"{name}@{ori.lower()}.example", Side.AGENCY, display_name=f"{name.title()} (demo)"
    )
    officer = Officer.objects.create(user=user, agency=agency, title="Det.", **roles)
    add_key(officer)
    also = {Role.SUPERVISOR: "is_supervisor", Role.CUSTODIAN: "is_custodian"}
    return Actor(
        Side.AGENCY,
        Role.OFFICER,
        user_id=str(user.pk),
        agency_id=str(agency.pk),
        second_factor=True,
        also=frozenset(role for role, flag in also.items() if roles.get(flag)),
    )


def add_key(officer: Officer) -> OfficerKey:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    return OfficerKey.objects.create(officer=officer, recipient=recipient, wrapped_by_passphrase="armored")


def make_reviewer(name: str) -> Actor:
    with housekeeping("test"):
        user = User.objects.create_user(f"{name}@review.example", Side.REVIEW, display_name=name)
    return Actor(Side.REVIEW, Role.REVIEWER, user_id=str(user.pk), second_factor=True)


def fresh(actor: Actor) -> Actor:
    """The actor right after the second factor was passed again."""
    return replace(actor, fresh_factor=True)


def key_for(actor: Actor) -> tuple[str, list[actions.Wrap]]:
    """A new Q, wrapped to everybody who must have it."""
    from porchlight.server.agencies.access import key_recipients_for_request

    q = pyrage.x25519.Identity.generate()
    wraps = [
        actions.Wrap(
            each.key_id, pyrage.encrypt(f"{q}\n".encode(), [pyrage.x25519.Recipient.from_str(each.recipient)])
        )
        for each in key_recipients_for_request(actor)
    ]
    return str(q.to_public()), wraps


def save(actor: Actor, **changes: Any) -> VideoRequest:
    return actions.save_draft(by=actor, draft=draft(**changes))


def submit(actor: Actor, request: VideoRequest) -> VideoRequest:
    recipient, wraps = key_for(actor)
    return actions.submit(by=actor, request_id=request.pk, q_recipient=recipient, wraps=wraps)


def submitted(agents: Agents, **changes: Any) -> VideoRequest:
    return submit(agents.officer, save(agents.officer, **changes))


def signed(agents: Agents, **changes: Any) -> VideoRequest:
    request = submitted(agents, **changes)
    return actions.sign(by=fresh(agents.supervisor), request_id=request.pk)


def decide(reviewer: Actor, request: VideoRequest, verdict: str = "approve", **more: Any) -> VideoRequest:
    given = {"checklist": ANSWERS, "public_reason": "The area fits the facts that are given."} | more
    return actions.decide(by=reviewer, request_id=request.pk, verdict=verdict, **given)


def approved(agents: Agents, reviewer: Actor, **changes: Any) -> VideoRequest:
    return decide(reviewer, signed(agents, **changes))


class Clock:
    """The server's clock, moved by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)
