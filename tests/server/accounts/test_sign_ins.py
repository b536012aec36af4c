"""Where somebody is signed in: the list, ending one and ending the others, on every side."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from tests.server.accounts import people

from porchlight.core.visibility import Side
from porchlight.server.accounts.devices import named
from porchlight.server.accounts.models import SignIn
from porchlight.server.foundation.sides import session_cookie

pytestmark = pytest.mark.django_db
PAGE = "/account/sign-ins/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (IPHONE, ("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140 Safari/537.36", ("Chrome", "macOS")),
        ("curl/8", ("", "")),
        ("", ("", "")),
        ("X" * 100_000 + "Firefox/1", ("", "")),
    ],
)
def test_a_browser_is_named_as_people_know_it(said: str, expected: tuple[str, str]) -> None:
    assert named(said) == expected


def browser(user: Any, agent: str = FIREFOX) -> Any:
    """Signed in by the form, as a person is."""
    client = people.browser(Side.RESIDENT)
    people_agent = {"HTTP_USER_AGENT": agent}
    client.defaults.update(people_agent)
    people.log_in(client, user.email, people.PASSWORD)
    return client


def test_each_browser_is_listed_and_this_one_is_marked(now: people.TestClock) -> None:
    user = people.resident()
    first, phone = browser(user), browser(user, IPHONE)
    page = first.get(PAGE).content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("This browser") == 1
    assert (
        phone.get(PAGE).content.decode().index("Safari on iPhone") < page.index("Firefox on Linux") + 10_000
    )


def test_ending_one_signs_that_browser_out_and_no_other(now: people.TestClock) -> None:
    user = people.resident()
    first, phone = browser(user), browser(user, IPHONE)
    row = SignIn.objects.get(user=user, system="iPhone")
    assert first.post(f"{PAGE}{row.pk}/end/").status_code == 302
    assert phone.get("/settings/").status_code == 302
    assert session_cookie(Side.RESIDENT) in phone.cookies
    assert first.get("/settings/").status_code == 200


def test_nobody_ends_another_persons(now: people.TestClock) -> None:
    ann, bo = people.resident(), people.resident("bo@home.example")
    first, other = browser(ann), browser(bo)
    row = SignIn.objects.get(user=bo)
    assert first.post(f"{PAGE}{row.pk}/end/").status_code == 404
    assert other.get("/settings/").status_code == 200


def test_end_all_others(now: people.TestClock) -> None:
    user = people.resident()
    first, phone, third = browser(user), browser(user, IPHONE), browser(user)
    assert first.post(f"{PAGE}end-others/").status_code == 302
    assert first.get("/settings/").status_code == 200
    assert {each.get("/settings/").status_code for each in (phone, third)} == {302}
    assert SignIn.objects.filter(user=user).count() == 1


def test_a_new_password_ends_the_others(now: people.TestClock) -> None:
    user = people.resident()
    first, phone = browser(user), browser(user, IPHONE)
    new = "a much longer lamp at dawn"
    given = {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    assert first.post("/account/password/change/", given).status_code == 302
    assert first.get("/settings/").status_code == 200
    assert phone.get("/settings/").status_code == 302
    assert SignIn.objects.filter(user=user).count() == 1


def test_signing_out_takes_the_line_away(now: people.TestClock) -> None:
    user = people.resident()
    first = browser(user)
    first.post("/account/logout/")
    assert not SignIn.objects.filter(user=user).exists()


def test_a_session_from_before_gets_a_line(now: people.TestClock) -> None:
    user = people.resident()
    client = people.signed_in(user, factor=False)
    with people.housekeeping("test"):
        SignIn.objects.all().delete()
    session = SessionStore(client.cookies[session_cookie(Side.RESIDENT)].value)
    del session["porchlight_sign_in"]
    session.save()
    assert client.get("/settings/").status_code == 200
    assert SignIn.objects.filter(user=user).count() == 1


def test_last_seen_is_noted_at_most_every_five_minutes(now: people.TestClock) -> None:
    user = people.resident()
    client = browser(user)
    began = SignIn.objects.get().seen_at
    now.forward(minutes=4)
    client.get("/settings/")
    assert SignIn.objects.get().seen_at == began
    now.forward(minutes=2)
    client.get("/settings/")
    assert SignIn.objects.get().seen_at == now()


@pytest.mark.parametrize("side", [Side.REVIEW, Side.OPERATOR])
def test_staff_have_the_page_too(side: Side, now: people.TestClock) -> None:
    user = people.staff(f"rae@{side.value}.example", side)
    first, other = people.signed_in(user), people.signed_in(user)
    assert first.get(PAGE).status_code == 200
    first.post(f"{PAGE}end-others/")
    assert other.get(PAGE).status_code == 302
