"""What a household has on paper, and what it does with it at the pages of its key."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect
from tests.browser.job.desk import Desk


@dataclass
class Papers:
    """What a person has on paper."""

    words: str = ""
    recovery: str = ""


def fill_sheet(page: Page, papers: Papers, button: str, *, by_hand: bool = False) -> None:
    """Take down what the sheet shows, save it (or say that it is written down), and type a part of it back."""
    for name, kind in (("words", "words"), ("recovery", "recovery")):
        place = page.locator(f"[data-shown-{kind}]")
        if place.count():
            setattr(papers, name, place.inner_text().strip())
    if by_hand:
        page.get_by_role("button", name="I have written it down").click()
        expect(page.locator("[data-sheet]")).to_be_hidden()
        page.get_by_role("button", name="Show it again").click()
        expect(page.locator("[data-sheet]")).to_be_visible()
        page.get_by_role("button", name="I have written it down").click()
    else:
        with page.expect_download():
            page.get_by_role("button", name="Save as PDF").click()
    if page.locator("[name=word-2]").count():
        page.fill("[name=word-2]", papers.words.split()[1])
        page.fill("[name=word-5]", papers.words.split()[4])
    if page.locator("[name=recovery-end]").count():
        page.fill("[name=recovery-end]", papers.recovery[-6:])
    page.get_by_role("button", name=button).click()


def unlock(sitting: Desk, words: str) -> Page:
    page = sitting.open("/keys/")
    page.locator("[data-mounted~=unlock-key]").wait_for()
    page.fill("[data-words]", words)
    page.get_by_role("button", name="Unlock", exact=True).click()
    return page


def unlocked(sitting: Desk, words: str) -> None:
    """Unlock, and stay on the page until it says so: what is opened elsewhere meanwhile finds a locked key."""
    page = unlock(sitting, words)
    expect(page.locator("[data-said]").first).to_have_text("Your key is unlocked in this browser.")


def lock(sitting: Desk) -> None:
    page = sitting.open("/keys/")
    page.get_by_role("button", name="Lock now").click()
    expect(page.locator("[data-said]").first).to_have_text("Your key is locked.")
