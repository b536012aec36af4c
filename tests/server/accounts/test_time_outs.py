"""Staff sessions end after 30 idle minutes or 12 hours, and the person returns to the page."""

import pytest
from tests.server.accounts.people import resident, signed_in, staff

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/people/"


@pytest.fixture
def olga(now) -> User:
    return staff("olga@console.example", Side.OPERATOR)


def test_thirty_idle_minutes_end_the_session(now, olga):
    client = signed_in(olga)
    now.forward(minutes=29, seconds=59)
    assert client.get(PAGE).status_code == 200
    now.forward(minutes=30)
    answer = client.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/people/")
    assert "away for 30 minutes" in client.get(answer["Location"]).content.decode()
    now.forward(minutes=-20)
    assert client.get(PAGE).status_code == 302, "it does not come back"


def test_twelve_hours_end_the_session_however_busy(now, olga):
    client = signed_in(olga)
    for _ in range(35):
        now.forward(minutes=20)
        assert client.get(PAGE).status_code == 200
    now.forward(minutes=20)
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert "12 hours" in client.get(answer["Location"]).content.decode()


def test_a_session_without_stamps_ends(now, olga):
    client = signed_in(olga)
    session = _session_of(client)
    del session["porchlight_began_at"]
    session.save()
    assert client.get(PAGE).status_code == 302


def test_a_form_sent_too_late_leads_back_to_its_page(now, olga):
    client = signed_in(olga)
    now.forward(minutes=31)
    answer = client.post(
        "/people/invite/",
        {"email": "x@desk.example"},
        headers={"referer": "http://operator.localhost/people/?a=1"},
    )
    assert answer["Location"] == "/account/login/?next=/people/%3Fa%3D1"


def test_a_form_from_elsewhere_leads_home(now, olga):
    client = signed_in(olga)
    now.forward(minutes=31)
    answer = client.post("/people/invite/", {}, headers={"referer": "https://evil.example/people/"})
    assert answer["Location"] == "/account/login/?next=/"


def test_a_script_is_told_where_to_sign_in(now, olga):
    client = signed_in(olga)
    now.forward(minutes=31)
    answer = client.get(
        "/people/", headers={"accept": "application/json", "referer": "http://operator.localhost/people/"}
    )
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/account/login/?next=/people/"
    assert answer.json()["refused"][0]["code"] == "signed_out"


def test_htmx_is_sent_to_the_sign_in_page(now, olga):
    client = signed_in(olga)
    now.forward(minutes=31)
    answer = client.get(
        "/people/", headers={"hx-request": "true", "referer": "http://operator.localhost/agencies/add/"}
    )
    assert answer["HX-Redirect"] == "/account/login/?next=/agencies/add/"


def test_residents_stay_signed_in(now):
    client = signed_in(resident())
    now.forward(days=20)
    assert client.get("/account/password/change/").status_code == 200


def test_a_closed_account_is_out_at_once(now, olga):
    from porchlight.server.accounts import actions

    client = signed_in(olga)
    assert client.get(PAGE).status_code == 200
    actions.close_account(user_id=olga.pk, by=None)
    assert client.get(PAGE).status_code == 302


def test_an_account_that_is_opened_again_does_not_revive_old_sessions(now, olga):
    from porchlight.server.accounts import actions

    client = signed_in(olga)
    actions.close_account(user_id=olga.pk, by=None)
    staff(olga.email, Side.OPERATOR)
    assert client.get(PAGE).status_code == 302


def _session_of(client):
    from importlib import import_module

    from django.conf import settings

    from porchlight.server.foundation.sides import session_cookie

    key = client.cookies[session_cookie(Side.OPERATOR)].value
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
