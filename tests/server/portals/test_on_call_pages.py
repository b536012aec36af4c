"""The rota, the button on an urgent request, and second looks, as reviewers, operators and the public see them."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.server.accounts import people
from tests.server.portals.test_review_desk import agents, answer, browser, clock, desk, text  # noqa: F401
from tests.server.video_requests import town

from porchlight.core.visibility import Side
from porchlight.server.foundation import outbox
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.on_call.models import Reach, Shift
from porchlight.server.video_requests.models import SecondLook, VideoRequest

URGENT = {"flags": frozenset({"danger_to_life"}), "danger_reason": town.DANGER}
REASON = "The area and the time fit the facts that are given."


@pytest.fixture(autouse=True)
def platform(tmp_path: Path, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path)


def unmasked(response) -> bytes:
    """The page without its form tokens, which are masked anew each time."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", response.content)


def work(clock) -> None:  # noqa: F811
    while outbox.run_once(clock()):
        pass


def test_a_gap_is_loud_until_somebody_enters_a_shift(desk):  # noqa: F811
    assert "Nobody is on call now" in text(desk.get("/"))
    refused = desk.post("/on-call/add/", {"starts_at": "2026-03-20T18:00", "ends_at": "2026-03-20T17:00"})
    assert refused.status_code == 422
    assert "The end is not after the start" in text(refused)
    assert (
        desk.post(
            "/on-call/add/", {"starts_at": "2026-03-20T12:00", "ends_at": "2026-03-21T12:00"}
        ).status_code
        == 302
    )
    assert "Nobody is on call now" not in text(desk.get("/"))
    assert "On call now" in text(desk.get("/on-call/"))
    operator = people.signed_in(people.staff("kim@operator.example", Side.OPERATOR))
    assert "Rowan (demo)" in text(operator.get("/on-call/"))


@pytest.mark.parametrize(
    "typed", ["", "yesterday", "9999-12-31T23:59", "0001-01-01T00:00", "2026-03-20T12:00\0"]
)
def test_a_time_that_is_none_is_said_at_the_field(desk, typed):  # noqa: F811
    assert desk.post("/on-call/add/", {"starts_at": typed, "ends_at": typed}).status_code == 422
    assert not Shift.objects.exists()


def test_the_button_says_who_is_on_it_and_the_other_asks_the_next(desk, agents, clock):  # noqa: F811
    asked = town.signed(agents, **URGENT)
    work(clock)
    page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "This one is urgent" in page
    assert "I am on it" in page
    assert town.DANGER in page
    assert "Was a life in danger when it was sent?" in page
    assert desk.post(f"/requests/{asked.pk}/on-it/").status_code == 302
    page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "On it: Rowan (demo)" in page
    assert "I am on it" not in page
    assert desk.post(f"/requests/{asked.pk}/hand-on/").status_code == 302
    assert "On it:" not in text(desk.get(f"/requests/{asked.pk}/"))
    decided = desk.post(f"/requests/{asked.pk}/decide/", answer(asked, danger="yes"))
    assert decided.status_code == 302
    late = desk.post(f"/requests/{asked.pk}/on-it/", follow=True)
    assert "does not wait any more" in text(late)


def test_where_two_decide_the_first_is_told_that_one_more_is_needed(desk, agents, clock):  # noqa: F811
    asked = town.signed(agents, **{**URGENT, "flags": frozenset({"danger_to_life", "minors"})})
    assert asked.reviewers_needed == 2
    other = browser(town.make_reviewer("Sasha (demo)"))
    work(clock)
    assert "Two reviewers decide this one" in text(desk.get("/"))
    said = text(desk.post(f"/requests/{asked.pk}/on-it/", follow=True))
    assert "until one more is on it too" in said
    assert "Nobody else is paged" not in said
    assert "one more is needed" in text(other.get(f"/requests/{asked.pk}/"))
    said = text(other.post(f"/requests/{asked.pk}/on-it/", follow=True))
    assert "Nobody else is paged" in said
    assert "one more is needed" not in text(desk.get(f"/requests/{asked.pk}/"))
    desk.post(f"/requests/{asked.pk}/decide/", answer(asked, danger="yes"))
    page = text(other.get(f"/requests/{asked.pk}/"))
    assert "You are the second of two." in page
    assert page.index("You are the second of two.") < page.index("What owners would read")


def test_an_urgent_request_is_not_decided_without_the_sixth_answer(desk, agents):  # noqa: F811
    asked = town.signed(agents, **URGENT)
    refused = desk.post(f"/requests/{asked.pk}/decide/", answer(asked))
    assert refused.status_code == 422
    assert VideoRequest.objects.get(pk=asked.pk).state == "signed"


def test_the_officer_sees_that_it_waits_and_nothing_of_who_is_paged(desk, agents, clock):  # noqa: F811
    asked = town.signed(agents, **URGENT)
    officer = browser(agents.officer)
    before = unmasked(officer.get(f"/requests/{asked.pk}/"))
    work(clock)
    desk.post(f"/requests/{asked.pk}/on-it/")
    after = unmasked(officer.get(f"/requests/{asked.pk}/"))
    assert before == after
    assert b"With the review desk" in after
    assert b"Rowan" not in after


@pytest.mark.parametrize(
    "url", ["http://a.example/", "https://127.0.0.1/", "https://localhost/x", "nonsense"]
)
def test_a_webhook_that_cannot_be_is_refused_at_the_field(desk, url):  # noqa: F811
    refused = desk.post("/on-call/webhook/", {"url": url})
    assert refused.status_code == 422
    assert "must begin with https://" in text(refused)
    assert not Reach.objects.exists()


def test_a_webhook_has_a_secret_and_can_be_taken_away(desk):  # noqa: F811
    assert desk.post("/on-call/webhook/", {"url": "https://pager.example.org/x"}).status_code == 302
    reach = Reach.objects.get()
    assert reach.secret in text(desk.get("/on-call/"))
    assert desk.post("/on-call/webhook/", {"forget": "1"}).status_code == 302
    assert not Reach.objects.exists()


def drawn(agents, reviewer) -> SecondLook:  # noqa: F811
    asked = town.approved(agents, reviewer)
    with housekeeping("test"):
        return SecondLook.objects.create(
            request=asked,
            round=1,
            log_index=0,
            decided_by=[str(reviewer.user_id)],
            due_at=town.NOW + timedelta(days=7),
        )


def test_a_second_look_is_blind_answered_once_and_public(desk, agents):  # noqa: F811
    found = drawn(agents, town.make_reviewer("Sasha (demo)"))
    with housekeeping("test"):
        VideoRequest.objects.update(public_reason="Sasha thinks so.")
    page = text(desk.get(f"/second-looks/{found.pk}/"))
    assert "Should owners have been asked this?" in page
    assert "Sasha" not in page
    given = {**answer(found.request), "result": "would_refuse"}
    assert desk.post(f"/second-looks/{found.pk}/", {**given, "public_reason": ""}).status_code == 422
    assert desk.post(f"/second-looks/{found.pk}/", given).status_code == 302
    assert "Paused: two answers needed" in text(desk.get("/second-looks/"))
    assert "Paused by the review desk" in text(browser(agents.officer).get(f"/requests/{found.request_id}/"))
    visitor = Client(headers={"host": "localhost"})
    page = text(visitor.get("/review-desk/"))
    assert "Would have refused" in page
    assert REASON in page
    assert "Second look" in text(visitor.get(f"/asked/{found.request_id}/"))


def test_who_approved_it_is_offered_no_form(desk, agents):  # noqa: F811
    found = drawn(agents, town.make_reviewer("Sasha (demo)"))
    with housekeeping("test"):
        from porchlight.server.accounts.models import User

        me = User.objects.get(display_name="Rowan (demo)").pk
        SecondLook.objects.update(decided_by=[str(me)])
    page = text(desk.get(f"/second-looks/{found.pk}/"))
    assert "Record my answer" not in page
    refused = desk.post(f"/second-looks/{found.pk}/", {**answer(found.request), "result": "agreed"})
    assert refused.status_code == 422


def test_whoever_works_here_chooses_the_clock_of_their_pages(desk):  # noqa: F811
    page = text(desk.get("/settings/"))
    assert "Your time zone" in page
    assert 'href="/on-call/#reach"' in page
    assert 'href="/settings/"' in text(desk.get("/")), "the way to it stands in the frame of each page"
    for wrong in ("", "Mars/Olympus"):
        assert desk.post("/settings/", {"timezone": wrong}).status_code == 422
    assert "Times are in the zone" not in text(desk.get("/on-call/"))
    assert desk.post("/settings/", {"timezone": "America/Denver"}).status_code == 302
    assert 'value="America/Denver" selected' in text(desk.get("/settings/"))
    desk.post("/on-call/add/", {"starts_at": "2026-03-21T08:00", "ends_at": "2026-03-21T20:00"})
    assert "Times are in the zone America/Denver" in text(desk.get("/on-call/"))
    assert Shift.objects.get().starts_at.isoformat() == "2026-03-21T14:00:00+00:00"


@pytest.mark.django_db
def test_the_console_has_settings_and_no_pager_of_its_own():
    console = people.signed_in(people.staff("kim@operator.example", Side.OPERATOR))
    page = text(console.get("/settings/"))
    assert "Your time zone" in page
    assert "How you are paged" not in page
    assert 'data-mount="theme"' in page
