"""The demo's own pages: absent outside demo mode; inside it, every person by one click, each side's mail alone."""

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from tests.demo.filled import HOSTS, Filled, town  # noqa: F401 - a fixture

from porchlight.core.visibility import Side
from porchlight.demo.people import CAST, INES, MAYA, NOOR, ROBIN, THEO, DemoPerson
from porchlight.demo.place import MAIL
from porchlight.instance.mailbox import mails
from porchlight.server.accounts.second_factor import code_at
from porchlight.server.foundation import clock
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.demo.urls import demo_urls

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PATHS = (
    "/demo/",
    "/demo/mail",
    "/demo/mail/01795291710134816396-5537c8",
    "/demo/mail/01795291710134816396-5537c8/html",
    "/demo/clips/parcel-left.mp4",
    *(f"/demo/sign-in/{someone.key}/" for someone in CAST),
)
SIDES = tuple(HOSTS)
HOME = {"resident": "/requests/", "agency": "/requests/", "review": "/", "operator": "/"}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("path", PATHS)
def test_outside_demo_mode_there_is_no_such_address(side, path):
    assert settings.PORCHLIGHT.demo is False
    with pytest.raises(Resolver404):
        resolve(path, urlconf=f"porchlight.server.portals.{side}.urls")
    browser = Client(SERVER_NAME=HOSTS[side])
    assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404)


@pytest.mark.parametrize("side", Side)
def test_outside_demo_mode_a_view_is_absent_even_with_an_address(town: Filled, side):  # noqa: F811
    from dataclasses import replace

    with override_settings(PORCHLIGHT=replace(settings.PORCHLIGHT, demo=False)):
        assert demo_urls(side) == []
        for path in PATHS:
            browser = town.browser(side.value)
            assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404)


@pytest.mark.parametrize("side", Side)
def test_every_demo_address_declares_its_audience(town: Filled, side):  # noqa: F811
    found = demo_urls(side)
    assert len({each.name for each in found}) == len(found) >= 5
    assert all(isinstance(each.callback.audience, Audience) for each in found)
    assert import_module(f"porchlight.server.portals.{side.value}.urls")


@pytest.mark.parametrize("someone", CAST, ids=lambda someone: someone.key)
def test_one_click_signs_in_with_the_second_step_passed(town: Filled, someone: DemoPerson):  # noqa: F811
    browser = town.as_(someone)
    page = browser.get(HOME[someone.side])
    assert page.status_code == 200
    actor = page.wsgi_request.actor
    assert actor.user_id == town.note.people[someone.key]
    assert actor.second_factor == (someone.side != "resident")
    assert not actor.fresh_factor, "signing a request still asks for the code"


def test_a_person_of_another_side_cannot_be_become_here(town: Filled):  # noqa: F811
    for someone, side in ((ROBIN, "resident"), (MAYA, "agency"), (NOOR, "operator")):
        refused = town.browser(side).post(f"/demo/sign-in/{someone.key}/")
        assert refused.status_code == 404
        assert not refused.wsgi_request.user.is_authenticated


def test_signing_in_needs_a_form_of_ours(town: Filled):  # noqa: F811
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert browser.post("/demo/sign-in/maya/").status_code == 403
    assert browser.get("/demo/sign-in/maya/").status_code == 405


def test_switching_leaves_nothing_of_the_person_before(town: Filled):  # noqa: F811
    browser = town.as_(MAYA)
    before = browser.cookies["porchlight_resident"].value
    browser.post("/demo/sign-in/theo/")
    assert browser.get("/requests/").wsgi_request.actor.user_id == town.note.people[THEO.key]
    assert browser.cookies["porchlight_resident"].value != before


@pytest.mark.parametrize("side", SIDES)
def test_the_page_shows_its_own_side_and_the_ways_to_the_others(town: Filled, side):  # noqa: F811
    text = town.browser(side).get("/demo/").content.decode()
    for someone in CAST:
        assert (someone.name in text) == (someone.side == side)
        assert (bool(someone.totp_secret) and someone.totp_secret in text) is False
    for other in set(SIDES) - {side}:
        host = HOSTS[other]
        assert f'href="http://{host}:8000/demo/"' in text
    assert 'href="http://localhost:8000/demo/mail"' in text


def test_the_page_shows_words_and_a_code_that_works_now(town: Filled):  # noqa: F811
    from datetime import UTC, datetime

    moment = datetime(2026, 5, 4, 12, 0, 11, tzinfo=UTC)
    with clock.use_clock(lambda: moment):
        text = town.browser("agency").get("/demo/").content.decode()
    assert code_at(INES.totp_secret, moment.timestamp()) in text
    assert INES.passphrase in text
    resident = town.browser("resident").get("/demo/").content.decode()
    assert MAYA.passphrase in resident
    assert THEO.passphrase not in resident


def test_the_code_of_the_page_signs_the_waiting_request(town: Filled):  # noqa: F811
    from porchlight.server.video_requests.models import VideoRequest

    waiting = VideoRequest.objects.get(state="submitted")
    browser = town.as_(INES)
    page = f"/requests/{waiting.pk}/sign/"
    asked = browser.get(page)
    browser.post(asked["Location"], {"code": code_at(INES.totp_secret, clock.now().timestamp())})
    browser.post(page, {"version": waiting.version})
    waiting.refresh_from_db()
    assert waiting.state == "signed"


def test_the_residents_side_shows_all_mail_and_the_others_only_their_own(town: Filled):  # noqa: F811
    everything = town.browser("resident").get("/demo/mail").content.decode()
    assert MAYA.name in everything
    assert ROBIN.name in everything
    agency = town.browser("agency").get("/demo/mail").content.decode()
    assert ROBIN.name in agency
    assert not re.search("maya|theo|neighbors", agency, re.IGNORECASE)
    assert "home-" not in town.browser("agency").get("/demo/mail?to=others").content.decode()
    assert "home-" in town.browser("resident").get("/demo/mail?to=others").content.decode()
    assert "home-" not in everything


def test_a_mail_is_read_by_its_own_side_only(town: Filled):  # noqa: F811
    mayas = next(mails(town.data_dir / MAIL, MAYA.email)).name
    assert town.browser("resident").get(f"/demo/mail/{mayas}").status_code == 200
    for side in ("agency", "review", "operator"):
        for tail in ("", "/html"):
            assert town.browser(side).get(f"/demo/mail/{mayas}{tail}").status_code == 404
    assert town.browser("resident").get("/demo/mail/..%2F..%2Fdemo.json").status_code == 404


def test_links_of_a_mail_can_be_followed_and_its_html_has_no_rights(town: Filled):  # noqa: F811
    mayas = next(mails(town.data_dir / MAIL, MAYA.email)).name
    browser = town.browser("resident")
    text = browser.get(f"/demo/mail/{mayas}")
    link = re.search(r'href="http://localhost:8000(/r/[^"#]+)', text.content.decode())
    assert link
    assert browser.get(link[1]).status_code == 200
    assert "frame-src 'self'" in text["Content-Security-Policy"]
    html = browser.get(f"/demo/mail/{mayas}/html")
    policy = html["Content-Security-Policy"]
    assert "sandbox allow-popups allow-popups-to-escape-sandbox;" in f"{policy};"
    for directive in ("script-src", "connect-src", "form-action", "default-src"):
        assert f"{directive} 'none'" in policy
    assert '<base target="_blank">' in html.content.decode()


def test_a_drawn_clip_can_be_fetched_and_nothing_else(town: Filled):  # noqa: F811
    browser = town.browser("resident")
    answer = browser.get("/demo/clips/parcel-left.mp4")
    assert b"ftyp" in b"".join(answer.streaming_content)[:16]
    assert answer["Content-Disposition"].endswith('filename="parcel-left.mp4"')
    for name in ("nothing", "..%2Fdemo", "parcel", ""):
        assert browser.get(f"/demo/clips/{name}.mp4").status_code == 404
    assert town.browser("agency").get("/demo/clips/parcel-left.mp4").status_code == 404
