"""A household's own key, from its making to a clip that only the household can play."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.job.desk import Desk, desk
from tests.browser.job.playing import play_and_wind, ready
from tests.browser.job.town import Town
from tests.faults import thief

from porchlight.demo.scenes import VAN_STOPS, render
from porchlight.seal.keys import read_identity
from porchlight.seal.opening import open_grant, unwrap_identity
from porchlight.walkthrough import asking, ground

# What these pages do on the server has its tests on both; the whole job is done in the browser on both.
pytestmark = pytest.mark.once

NAME = "2026 Delgado driveway, van with a dent.mp4"
TELLING = "Delgado"


def test_a_household_keeps_a_clip_that_only_it_can_play(browser: Browser, town: Town, tmp_path: Path) -> None:
    video = render(VAN_STOPS, tmp_path / "made.mp4", width=640, seconds=8).rename(tmp_path / NAME)
    for step in (asking.submitted, asking.signed, asking.approved):
        step(town.scene)
    request_id = town.scene.request_id
    town.wait_for_mail("fay", about=ground.CASE_NUMBER, link="/r/")
    with desk(browser, town, "resident", 1280) as fay:
        fay.take_over("fay")
        words, recovery = make_key(fay, tmp_path)
        share_and_keep(fay, request_id, video)
        page = fay.open("/clips/")
        expect(page.locator("[data-said]")).to_have_text(
            "Clips that your key opens here: 1. Press Play to look at one."
        )
        fay.look()
        page.get_by_role("button", name="Play").click()
        play_and_wind(page, "main video", to_s=6, seconds=8, width=640)
        lock_and_unlock(fay, words)
        page = fay.open("/clips/")
        page.get_by_role("button", name="Play").click()
        play_and_wind(page, "main video", to_s=3, seconds=8, width=640)
    nothing_on_the_disk(town, video, words, recovery)


def make_key(fay: Desk, directory: Path) -> tuple[str, str]:
    """Six words and a recovery key, saved and printed, and a part of them typed back. Returns both."""
    fay.context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page = fay.open("/keys/")
    page.locator("[data-mounted~=make-key]").wait_for()
    fay.look()
    page.get_by_role("button", name="Make my key").click()
    words = page.locator("[data-shown-words]").inner_text()
    recovery = page.locator("[data-shown-recovery]").inner_text().strip()
    assert len(words.split()) == 6
    assert page.locator("[data-confirm]").is_hidden()
    fay.look()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as PDF").click()
    sheet = saving.value.path().read_bytes()
    assert saving.value.suggested_filename == "porchlight-recovery-sheet.pdf"
    assert sheet.startswith(b"%PDF-")
    assert all(word.encode() in sheet for word in words.split())
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    page.fill("[name=word-2]", "wrong")
    page.fill("[name=word-5]", "wrong")
    page.fill("[name=recovery-end]", recovery[-6:])
    page.get_by_role("button", name="I have the sheet").click()
    expect(page.locator("[data-said]")).to_contain_text("not what stands on the sheet")
    page.fill("[name=word-2]", words.split()[1])
    page.fill("[name=word-5]", words.split()[4])
    fay.look()
    page.get_by_role("button", name="I have the sheet").click()
    page.wait_for_url(re.compile("/clips/$"))
    fay.look()
    return words, recovery


def share_and_keep(fay: Desk, request_id: str, video: Path) -> None:
    page = fay.open(f"/requests/{request_id}/share/")
    expect(page.locator("[data-checked]")).to_be_visible()
    page.set_input_files("#files", video)
    ready(page, "[data-chosen] video", 1)
    page.locator("label", has=page.locator("[name=show_name]")).click()
    page.fill("[name=name]", "Fay")
    page.locator("label.choice", has=page.locator("[name=place][value=block]")).click()
    assert page.input_value("[name=block_text]") == "200 block of Walkthrough Street"
    page.locator("label.choice", has=page.locator("[name=days][value='30']")).click()
    page.locator("label", has=page.locator("[name=keep]")).click()
    fay.look()
    page.get_by_role("button", name="Look at it once more").click()
    expect(page.locator("[data-sum-name]")).to_have_text("Fay")
    page.get_by_role("button", name="Share now").click()
    page.wait_for_selector("h1:has-text('Your video is shared')")


def lock_and_unlock(fay: Desk, words: str) -> None:
    """Locked, the clips are silent; wrong words change nothing; the right ones open them again."""
    page = fay.open("/keys/")
    page.get_by_role("button", name="Lock now").click()
    expect(page.locator("[data-said]")).to_have_text("Your key is locked.")
    fay.open("/clips/")
    expect(page.locator("[data-said]")).to_have_text("Your clips are locked.")
    fay.look()
    page = fay.open("/keys/")
    page.locator("[data-mounted~=unlock-key]").wait_for()
    page.fill("[data-words]", "harbor velvet meadow copper orbit window")
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("#words ~ .error")).to_contain_text("not the words of your key")
    fay.look()
    page.fill("[data-words]", words)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("[data-said]")).to_have_text("Your key is unlocked in this browser.")


def nothing_on_the_disk(town: Town, video: Path, words: str, recovery: str) -> None:
    """The household's key and its clip's are opened here with the sheet, and looked for in every file of the server."""
    person = town.person("fay")
    stored = person.get("/keys/own.json").json()
    own = unwrap_identity(
        stored["wrapped_by_recovery"].encode(), read_identity(recovery), recipient=stored["recipient"]
    )
    (clip,) = person.get("/clips/list.json").json()["clips"]
    grant = open_grant(person.get(f"/clips/{clip['id']}/grant").content, own)
    wanted = {
        "H": thief.identity_forms(own.secret),
        "R": thief.identity_forms(recovery),
        "C": thief.identity_forms(grant.clip.secret),
        "words": thief.text_forms(words),
        "file's name": thief.text_forms(video.stem),
        "family": thief.text_forms(TELLING),
        "video": thief.windows(video),
    }
    assert grant.note == NAME
    assert len(wanted["video"]) > 20
    assert thief.found_on_disk([town.directory / "instance"], wanted) == []
