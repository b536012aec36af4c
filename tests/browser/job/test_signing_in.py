"""A resident signs in with a passkey alone, and with password and authenticator app, as the browser really does it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.job.desk import Desk, desk
from tests.browser.job.town import Town

from porchlight.walkthrough.person import PASSWORD

# What these pages do on the server has its tests on both; the whole job is done in the browser on both.
pytestmark = pytest.mark.once

WIDTH = 390
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def confirm_with_password(resident: Desk) -> None:
    """Where the page wants to know whether it is still the same person."""
    resident.page.wait_for_load_state()
    if "/reauthenticate/" in resident.page.url:
        resident.look()
        resident.page.fill("[name=password]", PASSWORD)
        resident.page.locator("main form button.is-main").first.click()
        resident.page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def sign_out(resident: Desk) -> None:
    page = resident.open("/account/logout/")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/logout/" not in url)


def test_a_passkey_signs_in_alone(browser: Browser, town: Town) -> None:
    with desk(browser, town, "resident", WIDTH) as resident:
        page = resident.open("/account/login/")
        devtools = resident.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
        resident.sign_in("bruno")
        resident.open("/account/second-step/webauthn/add/")
        confirm_with_password(resident)
        resident.look()
        page.fill("[name=name]", "My phone")
        page.get_by_role("button", name="Add this key").click()
        page.wait_for_url(lambda url: "/webauthn/add/" not in url)
        held = devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
        assert [(each["rpId"], each["isResidentCredential"]) for each in held] == [("localhost", True)]
        resident.open("/account/second-step/webauthn/")
        expect(page.locator("main")).to_contain_text("My phone")
        expect(page.locator("main")).not_to_contain_text("last used")
        resident.look()
        sign_out(resident)

        resident.open("/account/login/?next=/household/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(resident.town.url("resident") + "/household/")
        resident.open("/account/second-step/webauthn/")
        expect(page.locator("main")).to_contain_text("last used")


def test_password_and_authenticator_app(browser: Browser, town: Town) -> None:
    carol = town.person("carol")
    with desk(browser, town, "resident", WIDTH) as resident:
        page = resident.open("/account/login/")
        resident.look()
        resident.sign_in("carol")
        resident.open("/account/second-step/totp/activate/")
        confirm_with_password(resident)
        resident.look()
        carol.totp_secret = page.input_value("#authenticator_secret")
        page.fill("[name=code]", carol.code())
        page.get_by_role("button", name="Turn it on").click()
        page.wait_for_url(lambda url: "/totp/activate/" not in url)
        resident.look()
        sign_out(resident)
        # The code that turned it on is spent.
        resident.open("/account/login/")
        resident.sign_in("carol")
        page = resident.open("/household/")
        expect(page.locator("h1")).to_be_visible()
        assert "/login/" not in page.url
