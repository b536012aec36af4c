"""An agency and its people for tests."""

from __future__ import annotations

from uuid import UUID

from tests.server.accounts.people import PASSWORD, SECRET

from porchlight.core.places import read_jurisdiction
from porchlight.core.visibility import Actor, Side
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import chosen
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.agencies import actions
from porchlight.server.agencies.access import AgencyEntry
from porchlight.server.agencies.access.actor import officer_actor
from porchlight.server.agencies.access.details import read_details

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-89.4, 44.1], [-89.3, 44.1], [-89.3, 44.2], [-89.4, 44.2], [-89.4, 44.1]]],
}
ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3Yx\n-----END AGE ENCRYPTED FILE-----\n"


def agency(ori: str = "WI0010100", name: str = "Alder Falls Police Department", **more: str) -> AgencyEntry:
    """An agency whose people have addresses at alderfalls.example."""
    given = {"ori": ori, "name": name, "state": "WI", "mail_domain": "alderfalls.example", **more}
    return actions.add_agency(details=read_details(given), jurisdiction=read_jurisdiction(SQUARE), by=None)


def path_to_join(agency_id: UUID, email: str, *, by: Actor | None = None, **roles: bool) -> str:
    """The path of a fresh invitation."""
    link = actions.invite_officer(
        agency_id=agency_id, email=email, name=email.partition("@")[0].title(), by=by, **roles
    )
    return link.split("localhost:8000")[1]


def officer(home: AgencyEntry, name: str, *, factor: bool = True, **roles: bool) -> User:
    """A member who joined by invitation."""
    email = f"{name.lower()}@{home.mail_domain}"
    token = path_to_join(home.id, email, **roles).split("/")[2]
    user = actions.accept_invitation(
        token=token, name=name, password=chosen(PASSWORD, email=email, name=name), by=None
    )
    if factor:
        add_authenticator_app(user, SECRET)
    return user


def actor_of(user: User, *, fresh: bool = False) -> Actor:
    """The actor as the middleware makes it after the second factor."""
    from dataclasses import replace

    assert user.side == Side.AGENCY
    found = officer_actor(user)
    assert found is not None
    return replace(found, second_factor=True, fresh_factor=fresh)


def recipient(letter: str = "q") -> str:
    """Something of the shape of an X25519 recipient."""
    return "age1" + letter * 58
