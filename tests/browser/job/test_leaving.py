"""A household that goes: a copy of everything, with the clips open and with the clips locked; then everything is deleted."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.job.desk import Desk, desk
from tests.browser.job.keeping import keep_clips
from tests.browser.job.papers import Papers, fill_sheet, lock
from tests.browser.job.town import Town

from porchlight.walkthrough import preparing
from porchlight.walkthrough.person import PASSWORD

# What these pages do on the server has its tests on both; the whole job is done in the browser on both.
pytestmark = pytest.mark.once

CLIPS = 3


@pytest.fixture(scope="module")
def ivo(town: Town) -> Papers:
    """Somebody with a home, a camera and no key yet."""
    preparing.home_joins(town.scene, "ivo", "207 Walkthrough Street", (44.9032, -121.5070))
    return Papers()


def test_a_copy_of_everything_is_made_and_then_everything_is_deleted(
    browser: Browser, town: Town, ivo: Papers, tmp_path: Path
) -> None:
    with desk(browser, town, "resident", 390) as own:
        own.take_over("ivo")
        page = own.open("/keys/")
        page.locator("[data-mounted~=make-key]").wait_for()
        page.get_by_role("button", name="Make my key").click()
        fill_sheet(page, ivo, "I have the sheet", by_hand=True)
        page.wait_for_url(re.compile("/clips/$"))
        keep_clips(town.person("ivo"), CLIPS)

        with ZipFile(copied(own, tmp_path / "open.zip")) as copy:
            documents(copy)
            films = sorted(name for name in copy.namelist() if name.startswith("clips/"))
            assert [copy.read(name) for name in films] == [b"clip %d" % n for n in range(CLIPS)]
        lock(own)
        with ZipFile(copied(own, tmp_path / "locked.zip")) as copy:
            documents(copy)
            assert opened_as_the_readme_says(copy, ivo, tmp_path) == {b"clip %d" % n for n in range(CLIPS)}

        named_and_asked(own, ivo)
        deleted(own)
        signs_in_no_more(own, town)


def copied(own: Desk, path: Path) -> Path:
    page = own.open("/settings/export/")
    start = page.get_by_role("button", name="Make the file")
    start.wait_for()
    own.look()
    with page.expect_download() as saved:
        start.click()
    saved.value.save_as(path)
    expect(page.locator("[data-said]")).to_contain_text("Done. The file is with your downloads.")
    own.look()
    return path


def documents(copy: ZipFile) -> None:
    assert copy.testzip() is None
    assert json.loads(copy.read("account.json"))["mail_address"] == "ivo@neighbors.example"
    assert json.loads(copy.read("household.json"))["address"] == "207 Walkthrough Street"
    assert copy.read("README.txt").startswith(b"A copy of what Porchlight held")


def opened_as_the_readme_says(copy: ZipFile, papers: Papers, directory: Path) -> set[bytes]:
    """With the stock program and the key of the sheet; it is no process of ours and needs no backend."""
    sheet, found = directory / "sheet.txt", set()
    sheet.write_text(papers.recovery.strip() + "\n")

    def age(identity: Path, sealed: bytes) -> bytes:
        return subprocess.run(
            ["age", "-d", "-i", str(identity)], input=sealed, capture_output=True, check=True, timeout=60
        ).stdout

    for name in copy.namelist():
        if name.endswith(".grant.age"):
            clip = directory / "clip.txt"
            clip.write_text(json.loads(age(sheet, copy.read(name)))["clip_secret"] + "\n")
            found.add(age(clip, copy.read(name.replace(".grant.age", ".age"))))
    return found


def named_and_asked(own: Desk, papers: Papers) -> None:
    """A clip has its name where the key is open, and is not deleted before it was asked; covered words can be shown."""
    page = own.open("/clips/")
    expect(page.get_by_role("heading", name="Locked clip 1")).to_be_visible()
    own.open("/keys/")
    page.locator("[data-mounted~=unlock-key]").wait_for()
    page.fill("[data-words]", papers.words)
    page.get_by_role("button", name="Show what I type").click()
    expect(page.locator("[data-words]")).to_have_attribute("type", "text")
    own.look()
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("[data-said]").first).to_have_text("Your key is unlocked in this browser.")
    expect(page.locator("[data-words]")).to_have_attribute("type", "password")
    own.open("/clips/")
    expect(page.locator("[data-said]")).to_have_text(
        f"Clips that your key opens here: {CLIPS}. Press Play to look at one."
    )
    page.get_by_role("link", name="Delete this clip here").first.click()
    expect(page.locator("[data-clip-name]")).to_contain_text("clip ")
    own.look()
    page.get_by_role("link", name="Keep it").click()
    expect(page.locator("[data-clip-place]")).to_have_count(CLIPS)


def deleted(own: Desk) -> None:
    """Nothing goes before it was ticked; the password is asked for where it was not given lately."""
    page = own.open("/settings/delete/")
    if "/reauthenticate/" in page.url:
        own.look()
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("h1:has-text('Delete your account?')")
    own.look()
    page.get_by_role("button", name="Delete my account now").click()
    expect(page.get_by_role("heading", name="Nothing was deleted")).to_be_visible()
    own.look()
    page.get_by_label("I am sure").check()
    page.get_by_role("button", name="Delete my account now").click()
    expect(page.get_by_text("Your account is deleted.")).to_be_visible()
    own.look()


def signs_in_no_more(own: Desk, town: Town) -> None:
    page = own.open("/account/login/")
    page.fill("[name=login]", town.person("ivo").email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("[data-error-summary]").wait_for()
    own.look()
