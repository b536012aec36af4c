"""What is not easily undone says first what it does, and acts only on the second press; it works without script."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.server.accounts import people
from tests.server.agencies import teams

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.models import Officer
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.on_call.models import Shift

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def shift(user: User, *, begins_in_h: float, hours: float = 8) -> None:
    begins = clock.now() + timedelta(hours=begins_in_h)
    with housekeeping("test"):
        Shift.objects.create(reviewer=user, starts_at=begins, ends_at=begins + timedelta(hours=hours))


@pytest.fixture
def console() -> Client:
    return people.signed_in(people.staff("olga@console.example", Side.OPERATOR, name="Olga"), confirmed=True)


@pytest.mark.parametrize("act", ["remove", "second-step"])
def test_the_console_says_what_happens_and_does_nothing_yet(console: Client, act: str):
    rae = people.staff("rae@desk.example", name="Rae")
    people.staff("sam@desk.example", name="Sam")
    path = f"/people/{rae.pk}/{act}/"
    listed = console.get("/people/").content.decode()
    assert f'href="{path}"' in listed
    assert f'action="{path}"' not in listed
    asked = console.get(path)
    assert "signed out everywhere" in text(asked)
    assert "on call" not in text(asked)
    assert "Nobody else reviews" not in text(asked)
    rae.refresh_from_db()
    assert rae.is_active
    assert rae.has_usable_password()
    assert console.post(path).status_code == 302
    rae.refresh_from_db()
    assert not rae.has_usable_password()


@pytest.mark.parametrize("act", ["remove", "second-step"])
def test_who_is_on_call_is_said(console: Client, act: str):
    rae, sam = people.staff("rae@desk.example", name="Rae"), people.staff("sam@desk.example", name="Sam")
    shift(rae, begins_in_h=-1)
    path = f"/people/{rae.pk}/{act}/"
    assert "Rae is on call now" in text(console.get(path))
    assert "an urgent request pages every reviewer at once" in text(console.get(path))
    shift(sam, begins_in_h=-2)
    assert "Nobody else is on call" in text(console.get(path)), "Sam's shift ends an hour too early"
    shift(sam, begins_in_h=5)
    assert "Somebody else is on call in that time too" in text(console.get(path))


@pytest.mark.parametrize("act", ["remove", "second-step"])
def test_who_comes_next_is_said_too(console: Client, act: str):
    rae = people.staff("rae@desk.example", name="Rae")
    shift(rae, begins_in_h=20)
    path = f"/people/{rae.pk}/{act}/"
    assert "Rae is on call soon" in text(console.get(path))
    assert "take the shift over first" in text(console.get(path))


def test_the_last_reviewer_is_said_and_nobody_removes_themself(console: Client):
    rae = people.staff("rae@desk.example", name="Rae")
    olga = User.objects.get(email="olga@console.example")
    assert "Nobody else reviews" in text(console.get(f"/people/{rae.pk}/remove/"))
    assert console.get(f"/people/{olga.pk}/remove/").status_code == 404


def test_an_agency_says_what_removing_does_to_its_custody(settings):
    home = teams.agency()
    boss, dana = teams.officer(home, "Boss", is_admin=True), teams.officer(home, "Dana", is_custodian=True)
    client = people.signed_in(boss, confirmed=True)
    member = Officer.objects.get(user=dana)
    path = f"/team/{member.pk}/remove/"
    asked = text(client.get(path))
    assert "Remove Dana?" in asked
    assert "could not ask any more" not in asked, "without a key she is no custodian that counts"
    agencies.store_key(
        recipient="age1qu0x8x8xw3xhhwq2r38cx6rt3n0vs3h3mryye9yj0rkd5d3a4y8sf5y8jd",
        wrapped=teams.ARMOR,
        by=teams.actor_of(dana, fresh=True),
    )
    assert "could not ask any more" in text(client.get(path))
    assert "two evidence custodians" in text(client.get(path))
    dana.refresh_from_db()
    assert dana.is_active
    assert "Reset the second step of Dana?" in text(client.get(f"/team/{member.pk}/second-step/"))
    assert client.post(path).status_code == 302
    dana.refresh_from_db()
    assert not dana.is_active
