"""The review desk's pages, through the whole stack."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from tests.server.accounts import people
from tests.server.video_requests import town

from porchlight.core.visibility import Actor
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.foundation.clock import use_clock
from porchlight.server.video_requests import actions as requests
from porchlight.server.video_requests.models import Decision

REASON = "The area and the time fit the facts that are given."


@pytest.fixture(autouse=True)
def platform(tmp_path: Path, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path)


@pytest.fixture
def clock(db: None) -> Iterator[town.Clock]:
    moved = town.Clock()
    with use_clock(moved):
        yield moved


@pytest.fixture
def agents(clock: town.Clock) -> town.Agents:
    return town.make_agency()


@pytest.fixture
def desk(clock: town.Clock) -> Client:
    return browser(town.make_reviewer("Rowan (demo)"))


def browser(actor: Actor) -> Client:
    user = User.objects.get(pk=actor.user_id)
    add_authenticator_app(user, people.SECRET)
    return people.signed_in(user)


def answer(asked, verdict: str = "approve", **changes: str) -> dict[str, str]:
    given = {"facts": "yes", "area": "yes", "time": "yes", "speech": "yes", "ties": "yes"}
    return given | {"verdict": verdict, "public_reason": REASON, "round": str(asked.round)} | changes


def decide(client: Client, asked, verdict: str = "approve", **changes: str):
    return client.post(f"/requests/{asked.pk}/decide/", answer(asked, verdict, **changes))


def text(response) -> str:
    return response.content.decode()


def test_the_queue_says_how_long_each_waits_and_puts_danger_to_life_first(agents, desk, clock):
    assert "Nothing waits" in text(desk.get("/"))
    town.signed(agents)
    clock.advance(minutes=20)
    town.signed(
        agents, case_number="AF-26-00002", flags=frozenset({"danger_to_life"}), danger_reason=town.DANGER
    )
    page = text(desk.get("/"))
    assert "Waiting (2)" in page
    assert "20 minutes" in page
    assert page.index("Danger to life") < page.index("20 minutes")


def test_a_request_shows_its_facts_the_bounds_and_five_questions(agents, desk):
    asked = town.signed(agents)
    page = text(desk.get(f"/requests/{asked.pk}/"))
    for part in (
        "Should owners be asked this?",
        "The owner reported the van missing at 9:50 pm.",
        "A blue van was taken from the lot",
        "Det. Officer (demo). Signed by Det. Supervisor (demo).",
        "Checked by the software",
        "Do the facts say what was done?",
        "Are you free of ties to anyone in it?",
        "America/Chicago",
    ):
        assert part in page, part
    assert page.count('type="radio"') == 18
    assert "checked" not in page.split("<form", 1)[1].split("</form>")[0]


def test_nothing_about_households_or_cameras_stands_on_any_page_of_the_desk(agents, desk):
    asked = town.signed(agents)
    pages = [text(desk.get(path)) for path in ("/", f"/requests/{asked.pk}/", "/reports/", "/record/")]
    for page in pages:
        assert not any(
            word in page.lower() for word in ("homes", "household</", "cameras in", "people asked")
        )


def test_an_approval_is_recorded_and_leaves_the_queue(agents, desk):
    asked = town.signed(agents)
    response = decide(desk, asked)
    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "approved"
    assert "Your decision is recorded" in text(desk.get(response["Location"]))
    page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "What was decided about this?" in page
    assert REASON in page
    assert "Vehicle theft" in text(desk.get("/record/"))


@pytest.mark.parametrize(("verdict", "state"), [("return", "returned"), ("reject", "rejected")])
def test_a_return_and_a_rejection_need_a_reason(agents, desk, verdict, state):
    asked = town.signed(agents)
    refused = decide(desk, asked, verdict, public_reason=" ")
    assert refused.status_code == 422
    assert not Decision.objects.exists()
    decide(desk, asked, verdict)
    asked.refresh_from_db()
    assert (asked.state, asked.public_reason) == (state, REASON)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Call me at 414-555-0123 about this one.", "phone"),
        ("See https://example.com for the details.", "link"),
        ("Write to rowan@example.com about it.", "mail address"),
        ("It is\u202e wrong in this way.", ""),
        ("It is\x07 wrong in this way.", ""),
        ("x" * 601, ""),
        ("x" * 1_000_000, ""),
    ],
)
def test_a_reason_that_breaks_the_wording_rules_is_refused_and_stays_on_the_page(agents, desk, reason, said):
    asked = town.signed(agents)
    response = decide(desk, asked, "reject", public_reason=reason)
    assert response.status_code == 422
    page = text(response)
    assert "data-error-summary" in page
    assert said in page
    assert not Decision.objects.exists()
    assert 'value="reject" ' in page
    assert reason.split()[0][:20] in page


@pytest.mark.parametrize("missing", ["facts", "area", "time", "speech", "ties", "verdict", "round"])
def test_an_answer_that_is_missing_is_asked_for(agents, desk, missing):
    asked = town.signed(agents)
    given = answer(asked)
    del given[missing]
    response = desk.post(f"/requests/{asked.pk}/decide/", given)
    assert response.status_code == 422
    assert REASON in text(response)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": "maybe"},
        {"verdict": "share"},
        {"round": "x"},
        {"round": "99999999999999999999"},
        {"ties": ""},
        {"round": "-1"},
    ],
)
def test_answers_from_outside_the_lists_are_refused(agents, desk, changes):
    asked = town.signed(agents)
    assert decide(desk, asked, **changes).status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize("tie", ["no", "unsure"])
def test_who_has_ties_does_not_decide(agents, desk, tie):
    asked = town.signed(agents)
    response = decide(desk, asked, ties=tie)
    assert response.status_code == 422
    assert not Decision.objects.exists()
    asked.refresh_from_db()
    assert asked.state == "signed"


@pytest.mark.parametrize("question", ["facts", "area", "time"])
def test_an_approval_cannot_stand_beside_a_no(agents, desk, question):
    asked = town.signed(agents)
    response = decide(desk, asked, **{question: "no"})
    assert response.status_code == 422
    assert "You answered No" in text(response)
    assert not Decision.objects.exists()


def test_someone_else_was_first_is_said_and_what_was_typed_is_given_back(agents, desk):
    asked = town.signed(agents)
    other = browser(town.make_reviewer("Sasha (demo)"))
    decide(other, asked)
    response = decide(desk, asked, "reject", public_reason="This one is far too wide for what it says.")
    assert response.status_code == 409
    page = text(response)
    assert "Someone else was first" in page
    assert "Approved" in page
    assert "This one is far too wide for what it says." in page
    asked.refresh_from_db()
    assert asked.state == "approved"


def test_a_request_that_was_withdrawn_meanwhile_is_not_decided(agents, desk):
    from porchlight.server.video_requests import actions

    asked = town.signed(agents)
    actions.withdraw(by=agents.officer, request_id=asked.pk)
    response = decide(desk, asked)
    assert response.status_code == 409
    assert "Withdrawn" in text(response)


def test_an_answer_to_an_earlier_round_is_not_taken_for_this_one(agents, desk):
    asked = town.signed(agents)
    assert decide(desk, asked, round=str(asked.round + 1)).status_code == 409
    assert not Decision.objects.exists()


def test_a_double_click_decides_once(agents, desk):
    asked = town.signed(agents)
    assert decide(desk, asked).status_code == 302
    assert decide(desk, asked).status_code == 302
    assert Decision.objects.count() == 1


def test_where_two_decide_neither_sees_the_others_answer_until_both_are_in(agents, desk):
    asked = town.signed(agents, flags=frozenset({"minors"}))
    first_page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "Two reviewers decide this one" in first_page
    assert "You are the first of two" in first_page
    response = decide(desk, asked, "reject", public_reason="It asks about children without need.")
    assert "A second reviewer decides too" in text(desk.get(response["Location"]))
    asked.refresh_from_db()
    assert asked.state == "signed"
    other = browser(town.make_reviewer("Sasha (demo)"))
    page = text(other.get(f"/requests/{asked.pk}/"))
    assert "You are the second of two" in page
    assert "It asks about children" not in page
    assert "Rowan" not in page
    decide(other, asked)
    asked.refresh_from_db()
    assert asked.state == "rejected"
    page = text(other.get(f"/requests/{asked.pk}/"))
    assert "Rowan (demo)" in page
    assert "Sasha (demo)" in page


def test_an_approval_can_be_taken_back_with_a_public_reason(agents, desk):
    asked = town.approved(agents, town.make_reviewer("Sasha (demo)"))
    page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "Take the approval back" in page
    assert desk.post(f"/requests/{asked.pk}/take-back/", {"public_reason": "short"}).status_code == 422
    response = desk.post(
        f"/requests/{asked.pk}/take-back/", {"public_reason": "The case was closed by the court."}
    )
    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "rejected"
    again = desk.post(
        f"/requests/{asked.pk}/take-back/", {"public_reason": "The case was closed by the court."}
    )
    assert again.status_code == 409


def test_what_no_supervisor_has_signed_and_what_is_made_up_is_not_found(agents, desk):
    for request_id in (
        town.submitted(agents).pk,
        town.save(agents.officer, case_number="AF-26-00009").pk,
        uuid.uuid4(),
    ):
        assert desk.get(f"/requests/{request_id}/").status_code == 404
        assert desk.post(f"/requests/{request_id}/decide/", {}).status_code == 404


def test_officers_residents_and_nobody_reach_no_page_of_the_desk(agents):
    asked = town.signed(agents)
    paths = ("/", f"/requests/{asked.pk}/", "/reports/", "/record/")
    for client in (Client(), browser(agents.officer)):
        for path in paths:
            response = client.get(path, headers={"host": "review.localhost"})
            assert response.status_code == 302
            assert "/account/login/" in response["Location"]


def test_a_get_decides_nothing(agents, desk):
    asked = town.signed(agents)
    assert desk.get(f"/requests/{asked.pk}/decide/").status_code == 405
    assert desk.get(f"/requests/{asked.pk}/take-back/").status_code == 405


def test_without_its_token_nothing_is_decided(agents, desk):
    asked = town.signed(agents)
    desk.handler.enforce_csrf_checks = True
    assert decide(desk, asked).status_code == 403
    assert not Decision.objects.exists()


# -- reports ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def reported(agents, clock):
    """An approved request that one household reported."""
    from tests.server.consent import arrange

    from porchlight.server.consent import actions as consent
    from porchlight.server.consent.models import Invitation
    from porchlight.server.foundation.actions import housekeeping

    asked = town.approved(agents, town.make_reviewer("Sasha (demo)"))
    owner = arrange.home("owner.of.the.report@example.org")
    with housekeeping("test"):
        Invitation.objects.create(request_id=asked.pk, household_id=owner.household_id)
    consent.report(
        by=owner, request_id=asked.pk, why="too_wide", text="It covers our whole street for half a night."
    )
    return asked, owner


def report_address(page: str) -> str:
    return "/reports/" + page.split('action="/reports/', 1)[1].split('"', 1)[0]


def test_a_report_shows_the_owners_words_and_not_the_owner(reported, desk):
    _asked, owner = reported
    page = text(desk.get("/reports/"))
    assert "It covers our whole street for half a night." in page
    assert "The owner says that it asks for too much." in page
    for secret in ("owner.of.the.report", owner.household_id, owner.user_id, "Mill Street"):
        assert secret not in page


def test_a_report_that_holds_takes_the_approval_back(reported, desk):
    asked, _owner = reported
    page = text(desk.get("/reports/"))
    address = report_address(page)
    name = re.search(r'name="([0-9a-f-]+-public_reason)"', page)[1]
    assert desk.post(address, {"answer": "upheld", name: ""}).status_code == 422
    asked.refresh_from_db()
    assert asked.state == "approved"
    response = desk.post(address, {"answer": "upheld", name: "The area is wider than the facts need."})
    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "rejected"
    assert "No open reports" in text(desk.get("/reports/"))
    assert desk.post(address, {"answer": "dismissed"}).status_code == 404


def test_a_report_that_does_not_hold_lets_the_request_go_on(reported, desk):
    asked, _owner = reported
    address = report_address(text(desk.get("/reports/")))
    assert desk.post(address, {"answer": "dismissed"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "approved"
    assert "No open reports" in text(desk.get("/reports/"))


def test_no_answer_to_a_report_changes_nothing(reported, desk):
    address = report_address(text(desk.get("/reports/")))
    assert desk.post(address, {}).status_code == 422
    assert desk.post(address, {"answer": "share"}).status_code == 422
    assert desk.post(f"/reports/{uuid.uuid4()}/resolve/", {"answer": "dismissed"}).status_code == 404


def test_the_desk_is_told_which_words_to_look_at_again(agents, desk):
    asked = town.signed(agents, public_summary="Marcus Delgado took a bicycle near Hazel Street.")
    page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "Look at these words again" in page
    assert "Is somebody named here?" in page
    plain = town.signed(agents, case_number="AF-26-00002")
    assert "Look at these words again" not in text(desk.get(f"/requests/{plain.pk}/"))


def test_a_request_that_came_back_shows_why_it_was_returned(agents, desk):
    asked = town.signed(agents)
    decide(desk, asked, "return")
    again = town.submit(agents.officer, asked)
    requests.sign(by=town.fresh(agents.supervisor), request_id=again.pk)
    page = text(desk.get(f"/requests/{asked.pk}/"))
    assert "Returned in round 1" in page
    assert REASON in page


def test_the_reason_is_not_called_optional_and_what_was_decided_is_named(agents, desk):
    asked = town.signed(agents)
    assert "(optional)" not in text(desk.get(f"/requests/{asked.pk}/"))
    page = text(desk.get(decide(desk, asked)["Location"]))
    assert "Your decision is recorded: Vehicle theft, Alder Falls" in page
    assert "See what you decided" in page
    assert text(desk.get("/", {"recorded": "x"}))
