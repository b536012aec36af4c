"""Ways round the second factor and round the lock of a staff account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from tests.server.accounts.people import HOSTS, PASSWORD, browser, signed_in, staff

from porchlight.core.visibility import Side
from porchlight.server.accounts import access
from porchlight.server.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = "another long password 7"


def reset(email: str, side: Side, capture) -> str:
    """The path of the link in the mail."""
    with capture(execute=True):
        browser(side).post("/account/password/reset/", {"email": email})
    (path,) = re.findall(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    return path


def test_a_new_password_signs_nobody_in_and_skips_no_second_step(now, django_capture_on_commit_callbacks):
    staff("rae@desk.example")
    client = browser(Side.REVIEW)
    path = reset("rae@desk.example", Side.REVIEW, django_capture_on_commit_callbacks)
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert client.get("/").status_code == 302
    answer = client.post("/account/login/", {"login": "rae@desk.example", "password": NEW})
    assert "second-step" in answer["Location"] or "authenticate" in answer["Location"]
    assert client.get("/").status_code == 302


def test_a_reset_on_the_residents_side_does_not_reach_a_staff_account(
    now, django_capture_on_commit_callbacks
):
    staff("rae@desk.example")
    path = reset("rae@desk.example", Side.REVIEW, django_capture_on_commit_callbacks)
    client = browser(Side.RESIDENT)
    page = client.get(path, follow=True)
    client.post(
        page.redirect_chain[-1][0] if page.redirect_chain else path, {"password1": NEW, "password2": NEW}
    )
    assert User.objects.get(email="rae@desk.example").check_password(PASSWORD)


def test_a_new_password_does_not_unlock(now, django_capture_on_commit_callbacks):
    user = staff("rae@desk.example")
    for _try in range(5):
        browser(Side.REVIEW).post("/account/login/", {"login": user.email, "password": "wrong"})
    path = reset(user.email, Side.REVIEW, django_capture_on_commit_callbacks)
    client = browser(Side.REVIEW)
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.locked_at is not None
    assert client.post("/account/login/", {"login": user.email, "password": NEW}).status_code == 200


def test_the_last_second_factor_cannot_be_taken_off(now):
    rae = staff("rae@desk.example")
    client = signed_in(rae, confirmed=True)
    client.post("/account/second-step/totp/deactivate/")
    assert access.has_second_factor(rae)


def test_a_staff_session_opens_no_other_side(now, settings):
    settings.ALLOWED_HOSTS = list(HOSTS.values())
    rae = staff("rae@desk.example")
    stolen = signed_in(rae)
    (morsel,) = [each for name, each in stolen.cookies.items() if "review" in name and "csrf" not in name]
    for side in (Side.RESIDENT, Side.AGENCY, Side.OPERATOR):
        other = browser(side)
        other.cookies[morsel.key.replace("review", side.value)] = morsel.value
        answer = other.get("/account/second-step/")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "way", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(now, way):
    user = User.objects.create_user("ann@home.example", Side.RESIDENT, PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = browser(Side.RESIDENT)
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD, "next": way})
    assert (answer.status_code, answer["Location"]) == (302, "/")
