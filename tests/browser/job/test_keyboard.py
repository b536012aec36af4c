"""The whole job with nothing but a keyboard, from the drawn area to the opened video."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.job import officer
from tests.browser.job.desk import desk
from tests.browser.job.keyboard import draw_by_keys, keys_only, press, reach
from tests.browser.job.test_main_job import approve, decline, open_and_compare, opt_out, share, sign
from tests.browser.job.town import Town

from porchlight.demo.scenes import CAR_PASSES, render
from porchlight.walkthrough.scene import link_in

pytestmark = pytest.mark.looks
WIDTH = 1280
CASE = "WT-26-00042"


def test_the_whole_job_by_keyboard(browser: Browser, town: Town, tmp_path: Path) -> None:
    video = render(CAR_PASSES, tmp_path / "made.mp4", width=640, audio=True, seconds=12, seed=42)
    with keys_only():
        with desk(browser, town, "agency", WIDTH) as odell:
            odell.take_over("odell")
            request_id = officer.ask(odell, case_number=CASE, days_ago=14, draw=draw_by_keys)
        with desk(browser, town, "agency", WIDTH) as sasha:
            sign(sasha, request_id)
        with desk(browser, town, "review", WIDTH) as rowan:
            approve(rowan, request_id)
        links = {
            key: link_in(town.wait_for_mail(key, about=CASE, link="/r/").text, "/r/")
            for key in ("ada", "bruno", "iris")
        }
        with desk(browser, town, "resident", WIDTH) as bruno:
            decline(bruno, links["bruno"])
        with desk(browser, town, "resident", WIDTH) as ada:
            share_id = share(ada, links["ada"], request_id, video)
        with desk(browser, town, "resident", WIDTH) as iris:
            opt_out(iris, links["iris"])
        with desk(browser, town, "agency", WIDTH) as odell:
            odell.take_over("odell")
            open_and_compare(odell, share_id, video)


def test_the_skip_link_and_the_way_back(browser: Browser, town: Town) -> None:
    """Past the navigation in two keys; Shift and Tab go back over the same stops."""
    with keys_only(), desk(browser, town, "resident", WIDTH) as nobody:
        page = nobody.open("/agencies/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        press(page.get_by_role("link", name=re.compile("All|The whole log")).first)
        page.wait_for_url(re.compile("/log/"))
        page = nobody.open("/account/login/")
        reach(page.locator("[name=login]"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "password"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.name") == "login"
