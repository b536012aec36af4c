"""Uploads that survive what happens to a phone: a lost line, a page loaded again, a session that ends, a full house."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.job.desk import Desk, desk
from tests.browser.job.town import Town
from tests.faults.cut_line import CutLine, cut_line
from tests.seal.chromium.film import film

from porchlight.walkthrough import asking

CASE = "WT-26-00777"
TUS = {"Tus-Resumable": "1.0.0"}
MB = 1_000_000
SLOW = 300_000


@pytest.fixture(scope="module")
def request_id(town: Town) -> str:
    """A request of its own, approved, with Fay asked."""
    asking.submitted(town.scene, days_ago=11, case_number=CASE)
    asking.signed(town.scene)
    asking.approved(town.scene)
    found = town.scene.request_id
    town.wait_for_mail("fay", about=CASE, link="/r/")
    return found


@pytest.fixture
def line(town: Town) -> Iterator[CutLine]:
    with cut_line(town.scene.platform.port) as line:
        yield line


def video(path: Path, size: int = 200_000) -> Path:
    """A real film, made as long as asked for by a box that players pass over."""
    plain = film(seconds=1)
    pad = max(size - len(plain), 8)
    path.write_bytes(plain + struct.pack(">I4s", pad, b"free") + bytes(pad - 8))
    return path


@contextmanager
def phone(browser: Browser, town: Town, line: CutLine, width: int) -> Iterator[Desk]:
    """Fay at the end of a line. What the browser writes down of a line that was cut, or of a sign-in, is no complaint."""
    scene = SimpleNamespace(platform=SimpleNamespace(port=line.port))
    far = SimpleNamespace(scene=scene, person=town.person, url=lambda _side: f"http://localhost:{line.port}")
    with desk(browser, far, "resident", width) as fay:  # type: ignore[arg-type]
        fay.take_over("fay")
        fay.page.on("dialog", lambda dialog: dialog.accept())
        yield fay
        fay.complaints[:] = [each for each in fay.complaints if "Failed to load resource" not in each]


def opened(fay: Desk, request_id: str) -> Page:
    page = fay.open(f"/requests/{request_id}/share/")
    page.locator("[data-mounted~=share-video]").wait_for()
    expect(page.locator("[data-checked]")).to_be_visible()
    return page


def decided(page: Page, *, days: int = 30) -> None:
    page.locator("label.choice", has=page.locator(f"[name=days][value='{days}']")).click()


def sent(page: Page) -> None:
    page.get_by_role("button", name="Look at it once more").click()
    page.get_by_role("button", name="Share now").click()


def under_way(page: Page) -> None:
    expect(page.locator("[data-words]").first).to_contain_text(re.compile(r"[1-9]\d? percent"))


def test_a_lost_line_is_waited_for_and_nothing_is_sent_twice(
    browser: Browser, town: Town, request_id: str, line: CutLine, tmp_path: Path
) -> None:
    with phone(browser, town, line, 390) as fay:
        begun: list[str] = []
        fay.page.on("request", lambda asked: begun.append(asked.url) if asked.method == "POST" else None)
        page = opened(fay, request_id)
        page.set_input_files("#files", video(tmp_path / "front door.mp4", 6 * MB))
        decided(page)
        line.up_per_s = SLOW
        sent(page)
        under_way(page)
        fay.look()
        line.cut()
        expect(page.locator("[data-words]")).to_contain_text("The connection is lost")
        fay.look()
        line.mend()
        under_way(page)
        page.get_by_role("button", name="Pause: front door.mp4").click()
        expect(page.locator("[data-words]")).to_contain_text("Paused at")
        held = page.locator("[data-words]").inner_text()
        page.wait_for_timeout(800)
        assert page.locator("[data-words]").inner_text() == held
        line.up_per_s = None
        page.get_by_role("button", name="Go on: front door.mp4").click()
        page.wait_for_selector("h1:has-text('Your video is shared')")
    assert sum(url.endswith("/uploads/") for url in begun) == 1


@pytest.mark.once
def test_a_page_loaded_again_says_so_keeps_what_was_typed_and_takes_no_other_file(
    browser: Browser, town: Town, request_id: str, line: CutLine, tmp_path: Path
) -> None:
    mine, other = video(tmp_path / "van leaving.mp4", 6 * MB), video(tmp_path / "party.mp4")
    with phone(browser, town, line, 1280) as fay:
        page = opened(fay, request_id)
        page.set_input_files("#files", mine)
        page.locator("label", has=page.locator("[name=show_name]")).click()
        page.fill("[name=name]", "Fay Again")
        page.locator("[data-starts]").fill("2026-11-10T20:15")
        decided(page, days=90)
        line.up_per_s = SLOW
        with page.expect_response(lambda answer: answer.url.endswith("/uploads/")) as begun:
            sent(page)
        stale = begun.value.headers["location"]
        under_way(page)
        page.reload()
        line.up_per_s = None
        page.locator("[data-mounted~=share-video]").wait_for()
        expect(page.locator("[data-restarted]")).to_contain_text("This page was loaded again")
        expect(page.locator("[name=name]")).to_have_value("Fay Again")
        expect(page.locator("[name=days][value='90']")).to_be_checked()
        fay.look()
        page.get_by_role("button", name="Look at it once more").click()
        expect(page.locator("[data-missing] .error")).to_contain_text("Choose van leaving.mp4 again")
        page.set_input_files("[data-again-file]", other)
        expect(page.locator("[data-missing] .error")).to_contain_text("party.mp4 is another file")
        fay.look()
        page.set_input_files("[data-again-file]", mine)
        expect(page.locator("[data-starts]")).to_have_value("2026-11-10T20:15")
        assert town.person("fay").send("HEAD", stale, headers=TUS, expect=(404,))
        sent(page)
        page.wait_for_selector("h1:has-text('Your video is shared')")
        page = opened(fay, request_id)
        assert page.locator("[name=name]").input_value() == "", "what was shared is no draft any more"


@pytest.mark.once
def test_of_several_videos_one_that_fails_holds_none_up(
    browser: Browser, town: Town, request_id: str, line: CutLine, tmp_path: Path
) -> None:
    names = ("porch.mp4", "street.mp4", "yard.mp4")
    files = [video(tmp_path / name, (2 + number) * MB) for number, name in enumerate(names)]
    with phone(browser, town, line, 390) as fay:
        page = opened(fay, request_id)
        page.set_input_files("#files", files)
        expect(page.locator("[data-chosen] [data-preview]")).to_have_count(3)
        decided(page)
        files[1].write_bytes(b"another file by now")
        sent(page)
        rows = page.locator("[data-sendings] > li")
        expect(rows.nth(0)).to_contain_text("Shared")
        expect(rows.nth(2)).to_contain_text("Shared")
        expect(rows.nth(1)).to_contain_text("The file changed while it was read")
        expect(page.locator("[data-overview]")).to_contain_text("2 of 3 shared.")
        fay.look()
        page.get_by_role("button", name="Go back and change").click()
        expect(page.locator("[data-chosen] [data-name]")).to_have_text(["street.mp4"])
        page.get_by_role("button", name="Remove street.mp4").click()
        page.set_input_files("#files", video(tmp_path / "street again.mp4"))
        sent(page)
        page.wait_for_selector("h1:has-text('Your videos are shared')")


@pytest.mark.once
def test_room_is_told_before_a_byte_is_sent_and_mistakes_go_when_mended(
    browser: Browser, town: Town, request_id: str, line: CutLine, tmp_path: Path
) -> None:
    with (tmp_path / "too long.mp4").open("wb") as large:
        large.truncate(2_100 * MB)
    fay_herself = town.person("fay")
    left = 50_000 * MB - 24 * 2_000 * MB
    holding = [begun(fay_herself, each) for each in [2_000 * MB] * 24 + [left - 1 * MB]]
    try:
        look_at_a_full_house(browser, town, request_id, line, tmp_path)
    finally:
        for address in holding:
            fay_herself.send("DELETE", address, headers=TUS, expect=(204,))


def look_at_a_full_house(
    browser: Browser, town: Town, request_id: str, line: CutLine, tmp_path: Path
) -> None:
    with phone(browser, town, line, 1280) as fay:
        asked: list[str] = []
        fay.page.on("request", lambda each: asked.append(each.url) if "/uploads/" in each.url else None)
        page = opened(fay, request_id)
        page.get_by_role("button", name="Look at it once more").click()
        expect(page.locator("#files-wrong")).to_have_text("Choose a video first.")
        expect(page.locator("fieldset .error")).to_have_text("Choose how long they may keep it.")
        fay.look()
        page.set_input_files("#files", tmp_path / "too long.mp4")
        expect(page.locator("[data-chosen] .error")).to_contain_text("This file has 2.1 GB")
        page.get_by_role("button", name="Remove too long.mp4").click()
        page.set_input_files("#files", video(tmp_path / "long.mp4", 3 * MB))
        expect(page.locator("#files-wrong")).to_have_count(0)
        expect(page.locator("[data-full]")).to_contain_text("your home has 1 MB left here")
        decided(page)
        expect(page.locator("fieldset .error")).to_have_count(0)
        page.get_by_role("button", name="Look at it once more").click()
        expect(page.locator("[data-full]")).to_be_focused()
        fay.look()
        assert asked == []


def begun(person: object, length: int) -> str:
    made = person.send("POST", "/uploads/", headers={**TUS, "Upload-Length": str(length)}, expect=(201,))  # type: ignore[attr-defined]
    return str(made.headers["Location"])


@pytest.mark.once
def test_who_is_signed_out_in_the_middle_signs_in_again_and_goes_on(
    browser: Browser, town: Town, request_id: str, line: CutLine, tmp_path: Path
) -> None:
    with phone(browser, town, line, 1280) as fay:
        page = opened(fay, request_id)
        page.set_input_files("#files", video(tmp_path / "night.mp4", 5 * MB))
        decided(page)
        line.up_per_s = SLOW
        sent(page)
        under_way(page)
        fay.context.clear_cookies()
        expect(page.locator("[data-signed-out]")).to_contain_text("You are signed out")
        fay.look()
        line.up_per_s = None
        with fay.context.expect_page() as second:
            page.get_by_role("link", name="Sign in again").click()
        window = second.value
        window.fill("[name=login]", town.person("fay").email)
        window.fill("[name=password]", "lantern-on-a-quiet-porch")
        window.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_selector("h1:has-text('Your video is shared')")
