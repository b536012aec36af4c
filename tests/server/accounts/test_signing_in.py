"""Each side knows its own accounts and sessions only, and staff need a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from tests.server.accounts.people import PASSWORD, SECRET, browser, log_in, resident, signed_in, staff

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import code_at
from porchlight.server.foundation.models import AuditEntry
from porchlight.server.foundation.sides import session_cookie

pytestmark = pytest.mark.django_db


def without_token(content: bytes) -> bytes:
    import re

    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


@pytest.mark.parametrize("side", [Side.AGENCY, Side.REVIEW, Side.OPERATOR])
def test_a_residents_right_password_is_a_wrong_one_elsewhere(side):
    ann = resident()
    right = log_in(browser(side), ann.email, PASSWORD)
    wrong = log_in(browser(side), ann.email, "not her password")
    unknown = log_in(browser(side), ann.email.replace("ann", "bob"), PASSWORD)
    assert right.status_code == wrong.status_code == unknown.status_code == 200
    assert without_token(right.content) == without_token(wrong.content)
    assert without_token(unknown.content) == without_token(right.content).replace(b"ann@", b"bob@")
    assert session_cookie(side) not in right.cookies


def test_a_reviewer_cannot_sign_in_as_a_resident():
    rae = staff("rae@desk.example")
    answer = log_in(browser(Side.RESIDENT), rae.email, PASSWORD)
    assert answer.status_code == 200
    assert session_cookie(Side.RESIDENT) not in answer.cookies


def test_a_session_of_one_side_is_none_at_another():
    client = signed_in(staff("rae@desk.example"))
    assert client.get("/account/second-step/").status_code == 200
    elsewhere = browser(Side.OPERATOR)
    for side in Side:
        elsewhere.cookies[session_cookie(side)] = client.cookies[session_cookie(Side.REVIEW)].value
    answer = elsewhere.get("/account/second-step/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_an_account_does_not_change_sides_within_a_session():
    user = staff("rae@desk.example")
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(side=Side.OPERATOR.value)
    assert client.get("/account/second-step/").status_code == 302


def test_staff_sign_in_with_password_and_code():
    rae = staff("rae@desk.example")
    client = browser(Side.REVIEW)
    answer = log_in(client, rae.email.upper(), PASSWORD)
    assert answer["Location"] == "/account/second-step/authenticate/"
    assert client.get("/account/second-step/").status_code == 302, "the password alone opens nothing"
    wrong = client.post("/account/second-step/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    answer = client.post("/account/second-step/authenticate/", {"code": code_at(SECRET, time.time())})
    assert answer["Location"] == "/"
    assert client.get("/account/second-step/").status_code == 200
    entry = AuditEntry.objects.get(action="account.sign_in")
    assert entry.actor_id == rae.pk
    assert entry.facts == {"side": "review", "methods": ["password", "totp"]}


def test_a_code_works_once():
    rae = staff("rae@desk.example")
    code = code_at(SECRET, time.time())
    for expected in (302, 200):
        client = browser(Side.REVIEW)
        log_in(client, rae.email, PASSWORD)
        assert client.post("/account/second-step/authenticate/", {"code": code}).status_code == expected


def test_residents_sign_ins_are_not_recorded():
    ann = resident()
    answer = log_in(browser(Side.RESIDENT), ann.email, PASSWORD)
    assert answer["Location"] == "/"
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("path", ["/people/", "/agencies/add/", "/"])
def test_staff_without_a_second_factor_get_no_further_than_its_set_up(path):
    client = signed_in(staff("op@console.example", Side.OPERATOR, factor=False), factor=False)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-step/")
    assert client.get(path, headers={"accept": "application/json"}).status_code == 403
    assert client.get("/account/second-step/").status_code == 200
    assert client.get("/account/second-step/totp/activate/").status_code in {200, 302}


def test_recovery_codes_alone_are_no_second_factor():
    user = staff("op@console.example", Side.OPERATOR, factor=False)
    RecoveryCodes.activate(user)
    assert signed_in(user).get("/people/")["Location"] == "/account/second-step/"


def test_a_session_from_before_the_second_factor_ends():
    user = staff("op@console.example", Side.OPERATOR)
    answer = signed_in(user, factor=False).get("/people/")
    assert answer["Location"] == "/account/login/?next=/people/"


def test_the_last_second_factor_of_a_staff_account_stays():
    user = staff("op@console.example", Side.OPERATOR)
    client = signed_in(user)
    client.post("/account/second-step/reauthenticate/", {"code": code_at(SECRET, time.time())})
    answer = client.post("/account/second-step/totp/deactivate/")
    assert "Add another second step first" in answer.content.decode()
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_staff_prove_themselves_again_with_the_second_step_and_not_the_password():
    user = staff("op@console.example", Side.OPERATOR)
    client = signed_in(user)
    assert client.get("/account/second-step/webauthn/add/")["Location"].startswith(
        "/account/second-step/reauthenticate/"
    )
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/second-step/webauthn/add/").status_code == 302
    client.post("/account/second-step/reauthenticate/", {"code": code_at(SECRET, time.time())})
    assert client.get("/account/second-step/webauthn/add/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_authenticator_app_opens_the_session(now):
    user = staff("op@console.example", Side.OPERATOR, factor=False)
    client = browser(Side.OPERATOR)
    assert log_in(client, user.email, PASSWORD)["Location"] == "/"
    page = client.get("/account/second-step/totp/activate/")
    assert page.status_code == 200, "signed in just now: not asked for the password again"
    secret = page.context["form"].secret
    answer = client.post("/account/second-step/totp/activate/", {"code": code_at(secret, time.time())})
    assert answer.status_code == 302
    assert client.get("/people/").status_code == 200
    recorded = AuditEntry.objects.filter(action="account.second_factor").values_list("facts", flat=True)
    assert {(each["event"], each["kind"]) for each in recorded} == {
        ("added", "totp"),
        ("added", "recovery_codes"),
    }


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "http://agency.localhost/", "javascript:1"]
)
def test_signing_in_leads_nowhere_else(target):
    ann = resident()
    assert log_in(browser(Side.RESIDENT), ann.email, PASSWORD, next=target)["Location"] == "/"


def test_signing_up_is_for_residents():
    for side in (Side.AGENCY, Side.REVIEW, Side.OPERATOR):
        given = {"email": "new@home.example", "password1": PASSWORD}
        assert browser(side).get("/account/signup/").status_code == 404
        assert browser(side).post("/account/signup/", given).status_code == 404
    assert not User.objects.exists()


def test_what_a_person_gets_is_not_stored_on_the_way():
    assert signed_in(staff("rae@desk.example")).get("/account/second-step/")["Cache-Control"] == "no-store"
