"""Residents sign up with a verified address; nobody can find out who has an account."""

import re
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from tests.server.accounts.people import PASSWORD, browser, log_in, resident, staff

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


class RefusingServer(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("no")


def sign_up(email: str, password: str = PASSWORD):
    client = browser(Side.RESIDENT)
    answer = client.post("/account/signup/", {"email": email, "password1": password})
    return answer, client


def link_in(message) -> str:
    return re.search(r"http://localhost(/\S+)", message.body)[1]


def test_an_account_opens_with_the_link_that_was_mailed():
    answer, client = sign_up("Ann@Home.example")
    assert answer["Location"] == "/account/confirm-email/"
    assert (
        log_in(browser(Side.RESIDENT), "ann@home.example", PASSWORD)["Location"] == "/account/confirm-email/"
    )
    path = link_in(mail.outbox[0])
    assert client.get(path).status_code == 200
    assert not User.objects.get().emailaddress_set.get().verified, "looking decides nothing"
    client.post(path)
    assert User.objects.get().emailaddress_set.get().verified
    assert User.objects.get().side == "resident"
    assert log_in(browser(Side.RESIDENT), "ann@home.example", PASSWORD)["Location"] == "/"


def test_signing_up_answers_alike_whether_or_not_the_address_is_known():
    resident("ann@home.example")
    staff("rae@desk.example")
    pages = []
    for email in ("ann@home.example", "rae@desk.example", "new@home.example"):
        answer, client = sign_up(email)
        page = client.get(answer["Location"]).content.decode()
        pages.append(
            (answer.status_code, answer["Location"], sorted(answer.cookies), page.replace(email, "…"))
        )
    assert pages[0] == pages[1] == pages[2]
    assert [message.to for message in mail.outbox] == [
        ["ann@home.example"],
        ["rae@desk.example"],
        ["new@home.example"],
    ]
    assert ["already" in message.subject for message in mail.outbox] == [True, True, False]


def test_asking_for_a_new_password_answers_alike():
    ann, rae = resident("ann@home.example"), staff("rae@desk.example")
    answers = []
    for email in (ann.email, rae.email, "nobody@home.example"):
        answer = browser(Side.RESIDENT).post("/account/password/reset/", {"email": email})
        answers.append((answer.status_code, answer["Location"], answer.content))
    assert answers[0] == answers[1] == answers[2]
    assert len(mail.outbox) == 3
    assert "password/reset/key" in mail.outbox[0].body
    assert "password/reset/key" not in mail.outbox[1].body, "another side's account does not exist here"
    assert "password/reset/key" not in mail.outbox[2].body


def test_a_reset_link_opens_only_on_its_own_side():
    ann = resident("ann@home.example")
    browser(Side.RESIDENT).post("/account/password/reset/", {"email": ann.email})
    path = link_in(mail.outbox[0])
    elsewhere = browser(Side.REVIEW).get(path, follow=True)
    assert "form" not in elsewhere.context or elsewhere.context.get("token_fail")
    client = browser(Side.RESIDENT)
    page = client.get(path)
    new = "another set of quiet words"
    client.post(page["Location"], {"password1": new, "password2": new})
    assert log_in(browser(Side.RESIDENT), ann.email, new).status_code == 302
    assert [message.subject for message in mail.outbox[1:]] == ["Your password was changed"]


def test_a_new_password_does_not_unlock_a_staff_account(now):
    rae = staff("rae@desk.example")
    User.objects.filter(pk=rae.pk).update(locked_at=now.now)
    browser(Side.REVIEW).post("/account/password/reset/", {"email": rae.email})
    client = browser(Side.REVIEW)
    page = client.get(re.search(r"http://review.localhost(/\S+)", mail.outbox[0].body)[1])
    new = "another set of quiet words"
    client.post(page["Location"], {"password1": new, "password2": new})
    assert log_in(browser(Side.REVIEW), rae.email, new).status_code == 200


@pytest.mark.parametrize("password", ["elevenchars", "password1234", "x" * 300, "ann@home.example"])
def test_weak_passwords_are_refused(password):
    answer, _ = sign_up("ann@home.example", password)
    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ann",
        "ann@home",
        "a\u202enn@home.example",
        "\u0430nn@home.example",
        "a" * 1_000_000 + "@home.example",
        "a\0@home.example",
    ],
)
def test_addresses_that_are_none_are_refused(email):
    answer, _ = sign_up(email)
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert not User.objects.exists()


def test_a_megabyte_in_the_sign_in_form_is_a_wrong_password():
    answer = log_in(browser(Side.RESIDENT), "ann@home.example", "x" * 1_000_000)
    assert answer.status_code == 200


def test_a_mail_server_that_is_away_is_said_and_nothing_breaks(settings):
    settings.EMAIL_BACKEND = "tests.server.accounts.test_signing_up.RefusingServer"
    answer, client = sign_up("ann@home.example")
    assert answer.status_code == 302
    assert "could not be sent" in client.get(answer["Location"]).content.decode()
    assert User.objects.exists()


def test_mails_are_plain_and_carry_our_own_message_id():
    sign_up("ann@home.example")
    message = mail.outbox[0]
    assert message.subject == "Confirm your email address"
    assert not message.alternatives
    assert message.extra_headers["Message-ID"].endswith("@localhost>")
    assert "example.com" not in message.body
    assert message.from_email == "Porchlight <porchlight@localhost>"
