"""The agency and everybody's accounts, as they come about in life: by invitation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allauth.account.models import EmailAddress

from porchlight.core.places import read_jurisdiction
from porchlight.core.visibility import Actor, Side
from porchlight.demo.load.story import Story
from porchlight.demo.people import AGENCY, OFFICERS, OPERATORS, REVIEWERS, DemoPerson
from porchlight.demo.town import Town
from porchlight.seal.keys import generate_identity
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.server.accounts import actions as accounts
from porchlight.server.accounts import actors
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import HashedPassword
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.access.details import Details
from porchlight.server.foundation.actions import housekeeping


@dataclass(frozen=True)
class Cast:
    """Who was made so far: the account of each demo person by key."""

    users: dict[str, User]

    def actor(self, someone: DemoPerson) -> Actor:
        """The person right after the second factor was passed again."""
        found = actors.resolve(self.users[someone.key])
        assert found is not None  # noqa: S101 - everybody in the cast has a place
        staff = someone.side != "resident"
        return replace(found, second_factor=staff, fresh_factor=staff)


def add_staff(story: Story, town: Town, password: HashedPassword) -> Cast:
    """The agency with its jurisdiction, its officers with their keys, the reviewers, the operator."""
    story.go_to(story.moment(40, 9))
    agency = agencies.add_agency(
        details=Details(
            ori=AGENCY.ori,
            name=AGENCY.name,
            short_name=AGENCY.short_name,
            state=AGENCY.state,
            county_fips=AGENCY.county_fips,
            population=AGENCY.population,
            mail_domain=AGENCY.mail_domain,
            phone=AGENCY.phone,
            case_template=AGENCY.case_template,
            timezone=AGENCY.timezone,
            joined_on=story.day(40),
        ),
        jurisdiction=read_jurisdiction(town.jurisdiction_geojson()),
        by=None,
    )
    users: dict[str, User] = {}
    for officer in OFFICERS:
        link = agencies.invite_officer(
            agency_id=agency.id,
            email=officer.email,
            name=officer.name,
            title=officer.title,
            is_supervisor=officer.is_supervisor,
            is_custodian=officer.is_custodian,
            is_admin=officer.is_admin,
            by=None,
            mail=False,
        )
        users[officer.key] = agencies.accept_invitation(
            token=_token(link), name=officer.name, password=password, by=None
        )
    for someone in (*REVIEWERS, *OPERATORS):
        side = Side(someone.side)
        link = accounts.invite_staff(
            email=someone.email, side=side, display_name=someone.name, by=None, mail=False
        )
        users[someone.key] = accounts.accept_staff_invitation(
            token=_token(link), side=side, name=someone.name, password=password, by=None
        )
        accounts.choose_timezone(user_id=users[someone.key].pk, timezone=AGENCY.timezone, by=None)
    for someone in (*OFFICERS, *REVIEWERS, *OPERATORS):
        with housekeeping("demo.second_factor"):
            add_authenticator_app(users[someone.key], someone.totp_secret)
    cast = Cast(users)
    for officer in OFFICERS:
        _make_key(cast, officer)
    return cast


def resident_account(someone: DemoPerson, password: HashedPassword) -> User:
    """A resident who signed up and followed the link in the mail."""
    with housekeeping("demo.sign_up"):
        user = User.objects.create_user(
            someone.email, Side.RESIDENT, display_name=someone.name, timezone=AGENCY.timezone
        )
        user.password = password
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _make_key(cast: Cast, officer: DemoPerson) -> None:
    """What the officer's browser does: a fresh identity, its secret wrapped by the six words."""
    identity = generate_identity()
    wrapped = wrap_identity_with_passphrase(identity.secret, officer.passphrase)
    agencies.store_key(recipient=identity.recipient, wrapped=wrapped, by=cast.actor(officer))


def _token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]
