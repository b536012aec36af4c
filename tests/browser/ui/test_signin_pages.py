"""The sign-in framework's pages stand on our frame and run under a policy without inline script or style."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.foundation.actions import action

PASSWORD = "correct horse battery"
OPEN = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
]
OWN = ["account_email", "account_change_password", "account_logout", "mfa_index", "mfa_list_webauthn"]


@action("account.sign_in")
def make_resident(*, by: Any) -> User:
    user = User.objects.create_user("wren@example.org", Side.RESIDENT, PASSWORD, display_name="Wren (demo)")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def path(name: str) -> str:
    from django.urls import reverse

    return reverse(name, urlconf="porchlight.server.portals.resident.urls")


def well_built(html: str) -> None:
    assert len(re.findall(r"<h1\b", html)) == 1
    assert '<main class="page"' in html
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html) == []
    assert re.findall(r"\sstyle=|\son[a-z]+=\"|<style\b", html) == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    for field in re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"[^>]*>', html):
        hidden = re.search(rf'<input\b[^>]*type="hidden"[^>]*\bid="{re.escape(field)}"', html)
        labelled = f'for="{field}"' in html or re.search(
            rf'<label class="check"><input[^>]*id="{re.escape(field)}"', html
        )
        assert hidden or labelled, field


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN)
def test_a_page_for_anyone(client: Client, name: str) -> None:
    answer = client.get(path(name), headers={"host": "localhost"})
    assert answer.status_code == 200
    well_built(answer.content.decode())


@pytest.mark.django_db
def test_pages_of_an_account(client: Client) -> None:
    make_resident(by=None)
    sent = {"login": "wren@example.org", "password": PASSWORD}
    assert client.post(path("account_login"), sent, headers={"host": "localhost"}).status_code == 302
    for name in [*OWN, "mfa_activate_totp", "mfa_add_webauthn"]:
        answer = client.get(path(name), headers={"host": "localhost"})
        assert answer.status_code == 200, name
        well_built(answer.content.decode())


@pytest.mark.django_db
def test_a_wrong_password_is_said_at_the_top(client: Client) -> None:
    make_resident(by=None)
    answer = client.post(
        path("account_login"), {"login": "wren@example.org", "password": "no"}, headers={"host": "localhost"}
    )
    html = answer.content.decode()
    assert "data-error-summary" in html
    assert 'value="wren@example.org"' in html
    well_built(html)
