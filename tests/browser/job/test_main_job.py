"""The whole job in Debian's Chromium, on a phone and at a desk: ask, sign, approve, share, decline, opt out, open."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.job import officer
from tests.browser.job.desk import Desk, desk
from tests.browser.job.playing import play_and_wind, ready
from tests.browser.job.town import Town
from tests.faults import thief

from porchlight.demo.scenes import CAR_PASSES, render
from porchlight.walkthrough import preparing, receiving
from porchlight.walkthrough.person import PASSWORD
from porchlight.walkthrough.scene import link_in

NAMES = {390: "IMG_0412 front door of the Moreno family.mp4", 1280: "Ring export Moreno 214 van leaving.mp4"}
CASES = {390: ("WT-26-00390", 5, "carol"), 1280: ("WT-26-01280", 8, "erin")}
TELLING = "Moreno"


@pytest.mark.parametrize(
    "width", [pytest.param(390, marks=pytest.mark.once), pytest.param(1280, marks=pytest.mark.twin)]
)
def test_the_whole_job(width: int, browser: Browser, town: Town, tmp_path: Path) -> None:
    case_number, days_ago, third = CASES[width]
    video = render(CAR_PASSES, tmp_path / "made.mp4", width=640, audio=True, seconds=12, seed=width)
    video = video.rename(tmp_path / NAMES[width])

    with desk(browser, town, "agency", width) as odell:
        odell.take_over("odell")
        request_id = officer.ask(odell, case_number=case_number, days_ago=days_ago)
    with desk(browser, town, "agency", width) as sasha:
        sign(sasha, request_id)
    with desk(browser, town, "review", width) as rowan:
        approve(rowan, request_id)

    links = {
        key: link_in(town.wait_for_mail(key, about=case_number, link="/r/").text, "/r/")
        for key in ("ada", "bruno", third)
    }
    with desk(browser, town, "resident", width) as bruno:
        decline(bruno, links["bruno"])
    with desk(browser, town, "resident", width) as other:
        mail = town.wait_for_mail(third, about=case_number, link="/r/")
        opt_out(other, links[third] if width == 390 else str(mail.message["List-Unsubscribe"]).strip(" <>"))
    with desk(browser, town, "resident", width) as ada:
        share_id = share(ada, links["ada"], request_id, video)

    with desk(browser, town, "agency", width) as odell:
        odell.take_over("odell")
        open_and_compare(odell, share_id, video)
    nothing_on_the_disk(town, request_id, share_id, video)


def sign(sasha: Desk, request_id: str) -> None:
    """Another person signs: password and code to come in, and the code again where it is older than five minutes."""
    page = sasha.open(f"/requests/{request_id}/")
    sasha.look()
    sasha.sign_in("sasha")
    page = sasha.open(f"/requests/{request_id}/")
    page.wait_for_selector("h1:has-text('Will you sign this request?')")
    sasha.look()
    page.get_by_role("link", name="Sign the request").click()
    page.wait_for_load_state()
    if page.locator("[name=code]").count():
        sasha.look()
        page.fill("[name=code]", sasha.town.person("sasha").code())
        page.locator("form.stack button.is-main").first.click()
    page.get_by_role("heading", name="Sign now").wait_for()
    sasha.look()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("You signed the request.").wait_for()


def approve(rowan: Desk, request_id: str) -> None:
    rowan.take_over("rowan")
    page = rowan.open("/")
    rowan.look()
    page.locator(f'a[href*="{request_id}"]').first.click()
    page.wait_for_selector("h1:has-text('Should owners be asked this?')")
    rowan.look()
    page.get_by_role("button", name="Record decision").click()
    page.locator("[data-error-summary]").wait_for()
    for name, answer in {
        **dict.fromkeys(("facts", "area", "time", "speech", "ties"), "yes"),
        "verdict": "approve",
    }.items():
        page.locator("label", has=page.locator(f'[name="{name}"][value="{answer}"]')).first.click()
    page.fill("[name=public_reason]", "The area and the time fit the facts.")
    page.get_by_role("button", name="Record decision").click()
    page.get_by_text("Your decision is recorded: ").wait_for()
    rowan.look()


def decline(bruno: Desk, link: str) -> None:
    page = bruno.page
    page.goto(link)
    three = page.locator("section form").get_by_role("button").or_(page.locator("section form a"))
    boxes = [each.bounding_box() for each in three.all()]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes if box}) == 1
    assert len(boxes) == 3
    bruno.look()
    page.get_by_role("button", name="Decline").click()
    page.wait_for_selector("h1:has-text('You share nothing for this case')")
    bruno.look()


def opt_out(owner: Desk, link: str) -> None:
    """One button, not signed in: on the request's page, or on the one that the mail program's own button opens."""
    page = owner.page
    page.goto(link)
    owner.look()
    page.get_by_role("button", name=re.compile("^Opt out(?! of)")).first.click()
    page.wait_for_selector("h1:has-text('You get no more video requests')")
    owner.look()


def share(ada: Desk, link: str, request_id: str, video: Path) -> str:
    """From the mail's link to the page that says it is shared. Returns the share's id on the agency's side."""
    page = ada.page
    page.goto(link)
    page.get_by_role("link", name=re.compile("^Share")).first.click()
    page.wait_for_selector("h1:has-text('Sign in')")
    ada.look()
    ada.sign_in("ada")
    page.wait_for_url(re.compile(f"/requests/{request_id}/$"))
    ada.look()
    page.get_by_role("button", name=re.compile("^Share")).click()
    page.locator("[data-mounted~=share-video]").wait_for()
    expect(page.locator("[data-checked]")).to_be_visible()
    page.set_input_files("#files", video)
    expect(page.locator("[data-name]")).to_have_text(video.name)
    ready(page, "[data-chosen] video", 1)
    assert page.locator("input[type=checkbox]:checked, input[type=radio]:checked").count() == 0
    page.locator("label.choice", has=page.locator("[name=place][value=none]")).click()
    page.locator("label.choice", has=page.locator("[name=days][value='90']")).click()
    ada.look()
    page.get_by_role("button", name="Look at it once more").click()
    page.locator("[data-step-confirm]").wait_for()
    ada.look()
    page.get_by_role("button", name="Share now").click()
    page.wait_for_selector("h1:has-text('Your video is shared')")
    ada.look()
    named = page.locator("[data-share-name]")
    expect(named.locator(".its-name")).to_contain_text(video.name)
    moves = "() => [document.querySelector('#custody').offsetTop, document.querySelector('.its-name').remove()][0]"
    assert page.evaluate(moves) == page.evaluate("document.querySelector('#custody').offsetTop"), (
        "a line moved"
    )
    found = re.search(r"[0-9a-f-]{36}", page.url)
    assert found
    return found[0]


def open_and_compare(odell: Desk, share_id: str, video: Path) -> None:
    """Six words open exactly the owner's file: it plays, it can be wound, its fingerprint matches, it can be saved."""
    odell.town.wait_for_mail("odell", about="", link=f"/shared/{share_id}")
    page = odell.open("/shared/")
    odell.look()
    page.locator(f'a[href*="{share_id}"]').first.click()
    page.locator("[data-mounted~=shared-video]").wait_for()
    odell.look()
    page.fill("#passphrase", "not the six words at all")
    page.locator("[data-open]").click()
    expect(page.locator("[data-passphrase-error]")).to_be_visible()
    page.fill("#passphrase", preparing.PASSPHRASE)
    page.locator("[data-open]").click()
    page.locator("[data-opened]").wait_for()
    play_and_wind(page, "[data-video]", to_s=9, seconds=12, width=640)
    expect(page.locator("[data-hash-state]")).to_contain_text("The video matches its fingerprint")
    sha256 = hashlib.sha256(video.read_bytes()).hexdigest()
    assert page.locator("#original-hash").inner_text().replace("\n", "").replace(" ", "") == sha256
    with page.expect_download() as saving:
        page.locator("[data-save]").click()
    saved = saving.value.path()
    assert hashlib.sha256(saved.read_bytes()).hexdigest() == sha256
    assert TELLING not in saving.value.suggested_filename
    expect(page.locator("#custody")).to_contain_text("Original saved by")
    odell.look()


def nothing_on_the_disk(town: Town, request_id: str, share_id: str, video: Path) -> None:
    """Web and worker still run: every file of theirs is searched for the video, its name, C, Q, keys and words."""
    scene = town.scene
    scene.request_id, scene.share_id, scene.video = request_id, share_id, video
    receiving.received(scene)
    assert scene.q is not None
    assert scene.clip is not None
    wanted = {"video": thief.windows(video), "Q": thief.identity_forms(scene.q.secret)}
    wanted["C"] = thief.identity_forms(scene.clip.secret)
    wanted |= {f"key of {name}": thief.identity_forms(key.secret) for name, key in scene.keys.items()}
    texts = {
        "file's name": video.stem,
        "family": TELLING,
        "words": preparing.PASSPHRASE,
        "password": PASSWORD,
    }
    wanted |= {name: thief.text_forms(text) for name, text in texts.items()}
    assert len(wanted["video"]) > 20
    assert thief.found_on_disk([town.directory / "instance"], wanted) == []
