"""What the sign-in framework's forms say where something is missing: what to do, in our words, in both languages."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils.module_loading import import_string
from tests.server.accounts.people import PASSWORD, SECRET, browser, log_in, resident

from porchlight.core.visibility import Side
from porchlight.server.accounts.forms import PASSKEY, OurWords
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.ui.templatetags.porchlight import error_summary

pytestmark = pytest.mark.django_db(transaction=True)
FRAMEWORKS = re.compile(
    r"This field is required|Este campo es obligatorio|Enter a valid|Introduzca un|Introduce un|JSON|Incorrect code"
    r"|must type the same|Debe escribir la misma|currently inactive|Credential",
)
# path, what is sent, what the page says in English and in Spanish
SIGNED_OUT = [
    ("/account/login/", {}, ["Email address: Type your email address.", "Password: Type your password."]),
    ("/account/login/", {"login": "ann"}, ["Write the whole address, like name@example.org."]),
    ("/account/signup/", {}, ["Email address: Type your email address.", "Password: Choose a password."]),
    ("/account/password/reset/", {}, ["Email address: Type your email address."]),
]
SIGNED_IN = [
    ("/account/email/", {"action_add": ""}, ["Type your email address."]),
    (
        "/account/email/",
        {"action_add": "", "email": "x"},
        ["Write the whole address, like name@example.org."],
    ),
    ("/account/password/change/", {}, ["Type the password that you have now.", "Choose a password."]),
    (
        "/account/password/change/",
        {"oldpassword": "no", "password1": f"{PASSWORD} 2", "password2": "no"},
        ["That is not the password you have now. Type it again.", "This is not the same as above."],
    ),
    ("/account/reauthenticate/", {}, ["Type your password."]),
    ("/account/second-step/totp/activate/", {}, ["Type the six digits that your app shows."]),
    ("/account/second-step/webauthn/add/", {}, ["No passkey was made. Press the button again"]),
]
SPANISH = {"Accept-Language": "es"}


def text(answer) -> str:
    assert answer.status_code in {200, 302}, answer.status_code
    html = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(html))


def said(client: Client, path: str, sent: dict, headers: dict | None = None) -> str:
    return text(client.post(path, sent, headers=headers or {}, follow=True))


def check(client: Client, path: str, sent: dict, sentences: list[str], user: User | None = None) -> None:
    english = said(client, path, sent)
    for sentence in sentences:
        assert sentence in english
    assert not FRAMEWORKS.search(english), FRAMEWORKS.search(english)
    if user:  # what somebody chose goes before what their browser asks for
        User.objects.filter(pk=user.pk).update(language="es")
    spanish = said(client, path, sent, SPANISH)
    assert not FRAMEWORKS.search(spanish), FRAMEWORKS.search(spanish)
    for sentence in sentences:
        assert sentence not in spanish


@pytest.mark.parametrize(("path", "sent", "sentences"), SIGNED_OUT)
def test_before_signing_in(path, sent, sentences):
    check(browser(Side.RESIDENT), path, sent, sentences)


@pytest.mark.parametrize(("path", "sent", "sentences"), SIGNED_IN)
def test_an_account_of_ones_own(path, sent, sentences):
    ann = resident()
    client = browser(Side.RESIDENT)
    log_in(client, ann.email, PASSWORD)
    check(client, path, sent, sentences, ann)


@pytest.mark.parametrize("name", ["authenticate_webauthn", "reauthenticate_webauthn", "login_webauthn"])
@pytest.mark.parametrize("sent", [{}, {"credential": "{"}, {"credential": "{}"}])
def test_a_passkey_that_the_browser_did_not_give(name, sent):
    whose = {} if name == "login_webauthn" else {"user": resident()}
    form = import_string(settings.MFA_FORMS[name])(data=sent, **whose)
    assert form.errors == {"credential": [str(PASSKEY)]}
    assert [line["text"] for line in error_summary(form)["lines"]] == [str(PASSKEY)]


STRANGE = [
    *(
        "[]",
        '"x"',
        "1",
        "null",
        '{"id": "x"}',
        '{"id": 1, "rawId": 1}',
        '{"response": []}',
        '{"response": {}}',
    ),
    '{"response": {"userHandle": 3}}',
    '{"rawId": "eA", "id": "eA", "response": {"clientDataJSON": "eA", "authenticatorData": "eA", "signature": "eA"}}',
    '{"rawId": "eA", "id": "eA", "response": {"clientDataJSON": "eA", "attestationObject": "eA"}}',
]


@pytest.mark.parametrize("credential", STRANGE)
@pytest.mark.parametrize("where", ["webauthn/login/", "authenticate/", "webauthn/add/"])
def test_what_is_no_passkeys_answer_is_a_wrong_one(where, credential):
    ann = resident()
    client = browser(Side.RESIDENT)
    if where == "authenticate/":
        add_authenticator_app(ann, SECRET)
    if where != "webauthn/login/":
        log_in(client, ann.email, PASSWORD)
    page = said(client, f"/account/second-step/{where}", {"credential": credential})
    assert "did not work. Try again." in page or "Press the button again" in page or "No passkey" in page


def test_every_form_of_the_framework_that_stands_on_a_page_is_one_of_ours():
    ours = {**settings.ACCOUNT_FORMS, **settings.MFA_FORMS}
    asked = {
        "login",
        "signup",
        "reset_password",
        "reset_password_from_key",
        "change_password",
        "reauthenticate",
    }
    asked |= {"add_email", "activate_totp", "add_webauthn", "edit_webauthn", "authenticate"}
    for name in asked:
        assert issubclass(import_string(ours[name]), OurWords), name


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"code": ""}, "Type the six digits that your app shows, or a recovery code."),
        ({}, "No passkey was used. Press the button again, then do what your device asks."),
        ({"credential": '{"id": "x"}'}, "That code or key did not work. Try again."),
    ],
)
def test_the_second_step(sent, sentence):
    ann = resident()
    add_authenticator_app(ann, SECRET)
    client = browser(Side.RESIDENT)
    assert log_in(client, ann.email, PASSWORD)["Location"] == "/account/second-step/authenticate/"
    check(client, "/account/second-step/authenticate/", sent, [sentence])


def test_the_new_password_behind_the_link():
    ann = resident()
    client = browser(Side.RESIDENT)
    client.post("/account/password/reset/", {"email": ann.email})
    path = re.search(r"http://localhost(/\S+)", mail.outbox[-1].body)[1]
    form = client.get(path)["Location"]
    check(client, form, {}, ["Choose a password.", "Type the new password once more."])
    check(client, form, {"password1": f"{PASSWORD} 2", "password2": "x"}, ["This is not the same as above."])


def test_an_address_that_is_there_already_and_one_too_many():
    ann = resident()
    for number in range(2):
        EmailAddress.objects.create(user=ann, email=f"ann{number}@home.example", verified=True)
    client = browser(Side.RESIDENT)
    log_in(client, ann.email, PASSWORD)
    for email, sentence in (
        (ann.email, "This address is on your account already."),
        ("more@home.example", "You can have 3 addresses. Remove one first."),
    ):
        text(client.get("/account/email/"))
        answer = client.post("/account/email/", {"action_add": "", "email": email}, follow=True)
        if "can_add_email" in answer.context and not answer.context["can_add_email"]:
            continue  # the form is not there any more
        assert sentence in text(answer)
