"""A household of two: one comes in, is let in to the key, is removed; the key changes and is found again by the sheet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.browser.job.desk import Desk, desk
from tests.browser.job.keeping import keep_clips
from tests.browser.job.papers import Papers, fill_sheet, lock, unlock, unlocked
from tests.browser.job.town import Town

from porchlight.walkthrough import preparing
from porchlight.walkthrough.person import PASSWORD
from porchlight.walkthrough.scene import link_in

CLIPS = 10  # more than move at once

# What these pages do on the server has its tests on both; the whole job is done in the browser on both.
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def gail(town: Town) -> Papers:
    """Somebody with a home of her own; what is on her papers changes from test to test."""
    preparing.home_joins(town.scene, "gail", "206 Walkthrough Street", (44.9030, -121.5080))
    return Papers()


def opens_all(sitting: Desk) -> None:
    page = sitting.open("/clips/")
    expect(page.locator("[data-said]")).to_have_text(
        f"Clips that your key opens here: {CLIPS}. Press Play to look at one."
    )


def test_one_comes_in_is_let_in_and_is_removed(browser: Browser, town: Town, gail: Papers) -> None:
    hugo_papers = Papers()
    with desk(browser, town, "resident", 1280) as ada, desk(browser, town, "resident", 390) as hugo:
        ada.take_over("gail")
        page = ada.open("/keys/")
        page.locator("[data-mounted~=make-key]").wait_for()
        page.get_by_role("button", name="Make my key").click()
        fill_sheet(page, gail, "I have the sheet")
        page.wait_for_url(re.compile("/clips/$"))
        keep_clips(town.person("gail"), CLIPS)
        opens_all(ada)

        page = ada.open("/household/people/")
        ada.look()
        page.fill("[name=email]", "hugo@neighbors.example")
        page.get_by_role("button", name="Send the invitation").click()
        expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
        ada.look()
        come_in(hugo, town)
        number = ask_in(hugo, hugo_papers)

        page = ada.open("/household/people/")
        page.locator("[data-mounted~=let-in] form[data-many]").wait_for()
        ada.look()
        page.get_by_label("Their number").fill("1" * 20)
        page.get_by_role("button", name="Let them in", exact=True).click()
        expect(page.locator("[data-mounted~=let-in] [data-said]")).to_contain_text("not their number")
        page.get_by_label("Their number").fill(number)
        page.get_by_role("button", name="Let them in", exact=True).click()
        expect(page.get_by_text("Opens the clips")).to_have_count(2)
        unlocked(hugo, hugo_papers.words)
        hugo.look()
        opens_all(hugo)

        page = ada.open("/household/people/")
        page.locator("a[href$='/remove/']").click()
        ada.look()
        page.get_by_role("button", name="Remove now").click()
        page.wait_for_url(re.compile("/keys/change/$"))
        hugo.open("/clips/")
        assert "/account/login/" in hugo.page.url
        closed_in_the_middle(ada, gail)
        opens_all(ada)
        resumed(ada)
        opens_all(ada)


def come_in(hugo: Desk, town: Town) -> None:
    """By the mail's link, with an account that is made on the way."""
    person = town.scene.person("hugo", "resident", "hugo@neighbors.example")
    mail = town.wait_for_mail("hugo", about="invites you", link="/household/join/")
    link = re.sub(r"^http://[^/]+", "", link_in(mail.text, "/household/join/"))
    person.fill("/account/signup/", {"email": person.email, "password1": PASSWORD}, expect=(200, 302))
    proof = town.wait_for_mail("hugo", about="", link="/confirm-email/")
    person.fill(link_in(proof.text, "/confirm-email/"), {})
    page = hugo.open(link)
    hugo.sign_in("hugo")
    page.wait_for_selector("h1:has-text('Do you live there too?')")
    assert "Walkthrough Street" not in page.content()
    hugo.look()
    page.get_by_role("button", name="Come in").click()
    page.wait_for_selector("h1:has-text('Is there anything for you?')")


def ask_in(hugo: Desk, papers: Papers) -> str:
    """Words of one's own, and the number to read out."""
    page = hugo.open("/keys/")
    page.locator("[data-mounted~=ask-in]").wait_for()
    hugo.look()
    page.get_by_role("button", name="Make my words").click()
    hugo.look()
    fill_sheet(page, papers, "I have the words")
    number = page.locator("[data-shown-number]")
    expect(number).to_have_text(re.compile(r"^\d{5} \d{5} \d{5} \d{5}$"))
    hugo.look()
    return number.inner_text()


def closed_in_the_middle(ada: Desk, papers: Papers) -> None:
    """The page is closed when some grants have moved and others have not."""
    page = ada.page
    sent: list[Route] = []

    def second_waits(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route)
            if len(sent) > 1:
                # Not left open: the browser lets what is held go on its way when the page goes.
                route.abort()
                return
        route.continue_()

    page.route("**/keys/grants.json", second_waits)
    page.locator("[data-mounted~=change-key]").wait_for()
    ada.look()
    page.get_by_role("button", name="Make the new key").click()
    ada.look()
    fill_sheet(page, papers, "I have the sheet")
    for _ in range(600):
        if len(sent) > 1:
            break
        page.wait_for_timeout(100)
    assert len(sent) == 2
    page.close(run_before_unload=False)
    ada.complaints[:] = [each for each in ada.complaints if "ERR_FAILED" not in each]
    ada.page = ada.context.new_page()


def resumed(ada: Desk) -> None:
    """The next visit goes on by itself, and then the old key is gone."""
    page = ada.open("/keys/change/")
    expect(page.locator("[data-said]")).to_have_text("Done. The new key is in use, and the old one is gone.")
    ada.look()
    stored = ada.town.person("gail").get("/keys/own.json").json()
    assert stored["previous"] is None
    assert ada.town.person("gail").get("/keys/grants.json").json() == {"clips": []}


def test_forgotten_words_and_a_passkey(browser: Browser, town: Town, gail: Papers) -> None:
    """The sheet opens the key when the words are forgotten; new ones are made; then a touch does."""
    with desk(browser, town, "resident", 390) as ada:
        devices = ada.context.new_cdp_session(ada.page)
        devices.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
            "hasPrf": True,
        }
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        ada.take_over("gail")
        unlock(ada, "harbor velvet meadow copper orbit window")
        expect(ada.page.locator("#words ~ .error")).to_contain_text("not the words of your key")
        unlock(ada, gail.recovery)
        expect(ada.page.get_by_role("link", name="Make new words")).to_be_visible()
        ada.look()
        ada.page.get_by_role("link", name="Make new words").click()
        ada.page.locator("[data-mounted~=new-words] [data-make]:visible").wait_for()
        ada.look()
        old = gail.words
        ada.page.get_by_role("button", name="Make new words").click()
        fill_sheet(ada.page, gail, "I have the words")
        ada.page.wait_for_url(re.compile("/keys/$"))
        lock(ada)
        unlock(ada, old)
        expect(ada.page.locator("#words ~ .error")).to_contain_text("not the words of your key")
        unlocked(ada, gail.words)
        opens_all(ada)

        page = ada.open("/keys/passkeys/")
        page.locator("[data-add]:visible").wait_for()
        ada.look()
        page.get_by_label("Name of the new passkey").fill("Phone")
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_role("heading", name="Your passkeys for the clips").wait_for()
        ada.look()
        lock(ada)
        page = ada.open("/keys/")
        page.get_by_role("button", name="Unlock with a passkey").click()
        expect(page.locator("[data-said]").first).to_have_text("Your key is unlocked in this browser.")
        opens_all(ada)
        page = ada.open("/keys/passkeys/")
        page.locator("form[action$='/drop/'] button").click()
        expect(page.get_by_text("no longer opens your clips")).to_be_visible()
        lock(ada)
        unlocked(ada, gail.words)
