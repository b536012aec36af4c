"""Taking somebody's mail address before they come."""

import pytest
from allauth.account.models import EmailAddress
from tests.server.accounts.people import OPERATOR, PASSWORD, browser, resident

from porchlight.core.visibility import Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "rae@desk.example"
GIVEN = {"name": "Rae Viewer", "password": PASSWORD}


def path() -> str:
    link = actions.invite_staff(email=ADDRESS, side=Side.REVIEW, display_name="Rae", by=OPERATOR)
    return link.split("localhost:8000")[1]


def test_a_sign_up_that_nobody_confirmed_does_not_keep_an_invited_person_out(now):
    browser(Side.RESIDENT).post("/account/signup/", {"email": ADDRESS, "password1": "a squatter's password"})
    assert User.objects.get(email=ADDRESS).side == "resident"
    answer = browser(Side.REVIEW).post(path(), GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-step/")
    assert User.objects.get(email=ADDRESS).side == "review"
    assert not browser(Side.RESIDENT).login(email=ADDRESS, password="a squatter's password")


def test_a_proven_account_keeps_its_address(now):
    resident(ADDRESS)
    assert browser(Side.REVIEW).post(path(), GIVEN).status_code == 422
    assert User.objects.get(email=ADDRESS).side == "resident"


def test_an_address_that_somebody_proved_as_their_second_one_is_theirs(now):
    EmailAddress.objects.create(user=resident("ann@home.example"), email=ADDRESS, verified=True)
    answer = browser(Side.REVIEW).post(path(), GIVEN)
    assert answer.status_code == 422
    assert b"address" in answer.content
