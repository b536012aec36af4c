"""The agency's pages of requests over HTTP: nothing typed is lost, nothing foreign is found, nothing is cached."""

from __future__ import annotations

import base64
import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from tests.server.video_requests import town

from porchlight.core.visibility import Actor
from porchlight.server.accounts import access
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.agencies.models import Agency
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.clock import use_clock
from porchlight.server.video_requests import actions
from porchlight.server.video_requests.models import VideoRequest

SignIn = Callable[..., Client]
CORNERS = "\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in town.box()["coordinates"][0][:-1])
FORM = {
    "area": CORNERS,
    "starts_at": "2026-03-18T21:00",
    "ends_at": "2026-03-18T23:00",
    "offense": "vehicle_theft",
    "case_number": "AF-26-01734",
    "public_summary": town.SUMMARY,
    "factual_basis": town.BASIS,
    "publish": "now",
}


@pytest.fixture
def clock(db: None) -> Iterator[town.Clock]:
    moved = town.Clock()
    with use_clock(moved):
        yield moved


@pytest.fixture
def agents(clock: town.Clock) -> town.Agents:
    return town.make_agency()


@pytest.fixture
def sign_in(clock: town.Clock) -> SignIn:
    def begin(actor: Actor, *, fresh: bool = False) -> Client:
        user = User.objects.get(pk=actor.user_id)
        if not access.has_second_factor(user):
            with housekeeping("test"):
                add_authenticator_app(user, generate_totp_secret())
        moment = clock.at.timestamp()
        session = SessionStore()
        session.update(
            {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: user.get_session_auth_hash(),
                "porchlight_side": "agency",
                "porchlight_began_at": moment,
                "porchlight_seen_at": moment,
                "porchlight_second_factor": True,
                **({"porchlight_confirmed_at": moment} if fresh else {}),
            }
        )
        session.save()
        client = Client(HTTP_HOST="agency.localhost")
        client.cookies["porchlight_agency"] = session.session_key
        return client

    return begin


@pytest.fixture
def officer(agents: town.Agents, sign_in: SignIn) -> Client:
    return sign_in(agents.officer)


def post_json(client: Client, path: str, value: object) -> Any:
    return client.post(
        path, json.dumps(value), content_type="application/json", headers={"Accept": "application/json"}
    )


def payload(actor: Actor, **more: Any) -> dict[str, Any]:
    recipient, wraps = town.key_for(actor)
    listed = [
        {"key_id": str(each.key_id), "ciphertext": base64.b64encode(each.ciphertext).decode()}
        for each in wraps
    ]
    return {"q_recipient": recipient, "wraps": listed, **more}


def text(response: Any) -> str:
    return response.content.decode()


def test_from_an_empty_page_to_the_supervisor(agents: town.Agents, officer: Client, sign_in: SignIn) -> None:
    assert officer.get("/requests/new/").status_code == 200
    saved = officer.post(
        "/requests/new/", {**FORM, "send": "1"}, headers={"Accept": "application/json"}
    ).json()
    keys = officer.get(saved["keys"]).json()["recipients"]
    assert {each["role"] for each in keys} == {"requester", "custodian"}
    assert len(keys) == 3
    sent = post_json(officer, saved["submit"], payload(agents.officer, version=saved["version"]))
    assert sent.status_code == 200, text(sent)
    page = sent.json()["page"]
    assert "Another person" in text(officer.get(page)) or "Supervisor (demo)" in text(officer.get(page))
    supervisor = sign_in(agents.supervisor)
    shown = text(supervisor.get(page))
    assert "Will you sign this request?" in shown
    assert town.BASIS.split(".", maxsplit=1)[0] in shown
    asked = supervisor.get(f"{page}sign/")
    assert asked.status_code == 302
    assert "reauthenticate" in asked.headers["Location"]
    assert VideoRequest.objects.get().state == "submitted"


def test_a_fresh_second_factor_signs(agents: town.Agents, sign_in: SignIn) -> None:
    request = town.submitted(agents)
    path = f"/requests/{request.pk}/sign/"
    stale = sign_in(agents.supervisor)
    assert stale.post(path, {"version": request.version}).headers["Location"] == path
    supervisor = sign_in(agents.supervisor, fresh=True)
    assert "Sign now" in text(supervisor.get(path))
    for _ in range(2):
        assert supervisor.post(path, {"version": request.version}).status_code == 302
    request.refresh_from_db()
    assert request.state == "signed"


def test_the_author_is_not_offered_a_signature(agents: town.Agents, sign_in: SignIn) -> None:
    request = town.submit(agents.supervisor, town.save(agents.supervisor))
    own = sign_in(agents.supervisor, fresh=True)
    assert "Will you sign" not in text(own.get(f"/requests/{request.pk}/"))
    assert own.get(f"/requests/{request.pk}/sign/").status_code == 404
    refused = own.post(f"/requests/{request.pk}/sign/", {"version": request.version})
    assert refused.status_code == 422
    request.refresh_from_db()
    assert request.state == "submitted"


def test_send_back_keeps_the_note_when_it_is_refused(agents: town.Agents, sign_in: SignIn) -> None:
    request = town.submitted(agents)
    supervisor = sign_in(agents.supervisor)
    path = f"/requests/{request.pk}/send-back/"
    refused = supervisor.post(path, {"note": "Call (555) 234-5678 about it", "version": request.version})
    assert refused.status_code == 422
    assert "(555) 234-5678" in text(refused)
    done = supervisor.post(path, {"note": "Please draw it smaller.", "version": request.version})
    assert done.status_code == 302
    assert "Please draw it smaller." in text(sign_in(agents.officer).get(f"/requests/{request.pk}/edit/"))


def test_what_breaks_a_rule_is_kept_and_said_at_its_field(officer: Client) -> None:
    broken = {
        **FORM,
        "ends_at": "2026-03-19T11:30",
        "public_summary": "Call (555) 234-5678 if you saw the van.",
    }
    refused = officer.post("/requests/new/", {**broken, "send": "1"})
    page = text(refused)
    assert refused.status_code == 422
    assert "14 hours 30 minutes" in page
    assert 'href="#id_ends_at"' in page
    assert 'href="#id_public_summary"' in page
    for value in broken.values():
        assert value.split("\n")[0] in page
    kept = VideoRequest.objects.get()
    assert (kept.state, kept.public_summary) == ("draft", broken["public_summary"])
    assert f'action="/requests/{kept.pk}/edit/"' in page


def test_a_check_without_script_says_what_holds_and_saves_nothing(officer: Client) -> None:
    page = text(officer.post("/requests/new/", {**FORM, "ends_at": "2026-03-18T20:00", "check": "1"}))
    assert "The end is not after the start" in page
    assert town.SUMMARY in page
    assert not VideoRequest.objects.exists()


def test_the_panel_is_a_fragment_of_the_same_elements(officer: Client) -> None:
    fragment = text(officer.post("/requests/check/", {**FORM, "ends_at": "2026-03-19T11:30"}))
    assert "<html" not in fragment
    page = text(officer.get("/requests/new/"))
    for name in re.findall(r'id="([^"]+)"', fragment):
        assert f'id="{name}"' in page
    assert "1 thing to change." in fragment
    assert "You will not see how many cameras are here" in page


@pytest.mark.parametrize(
    ("typed", "said", "options"),
    [
        ("2026-11-01T01:30", "came twice", True),
        ("2026-03-08T02:30", "did not exist", False),
        ("2026-13-45T99:99", "Enter a date and a time", False),
        ("0001-01-01T00:00", "At most 45", False),
        ("9999-12-31T23:59", "Enter a date and a time", False),
        ("\u202e2026", "Enter a date and a time", False),
    ],
)
def test_a_time_that_is_none_or_two_is_asked_about(
    officer: Client, clock: town.Clock, typed: str, said: str, *, options: bool
) -> None:
    clock.at = clock.at.replace(month=11, day=3) if options else clock.at
    again = officer if not options else _resumed(officer, clock)
    page = text(again.post("/requests/new/", {**FORM, "starts_at": typed, "ends_at": typed, "check": "1"}))
    assert said in page
    assert ('name="starts_which"' in page) is options
    if options:
        assert "the first time" in page
        assert "the second time" in page


def _resumed(client: Client, clock: town.Clock) -> Client:
    session = SessionStore(client.cookies["porchlight_agency"].value)
    session.update({"porchlight_began_at": clock.at.timestamp(), "porchlight_seen_at": clock.at.timestamp()})
    session.save()
    return client


def test_the_answer_to_which_of_two_hours_is_taken(
    agents: town.Agents, officer: Client, clock: town.Clock
) -> None:
    clock.at = clock.at.replace(month=11, day=3)
    client = _resumed(officer, clock)
    given = {**FORM, "starts_at": "2026-11-01T01:30", "starts_which": "first"}
    given |= {"ends_at": "2026-11-01T01:30", "ends_which": "second"}
    assert client.post("/requests/new/", {**given, "draft": "1"}).status_code == 302
    kept = VideoRequest.objects.get()
    assert kept.starts_at.isoformat() == "2026-11-01T06:30:00+00:00"
    assert kept.ends_at.isoformat() == "2026-11-01T07:30:00+00:00"
    page = text(client.get(f"/requests/{kept.pk}/edit/"))
    assert page.count('value="2026-11-01T01:30"') == 2
    # An answer that is not asked for any more does no harm.
    moved = {**given, "starts_at": "2026-11-01T05:00", "ends_at": "2026-11-01T06:00", "version": kept.version}
    assert client.post(f"/requests/{kept.pk}/edit/", {**moved, "draft": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("corners", "said"),
    [
        ("44.09, -89.34\nnorth of here\n44.10, -89.33", "Line 2"),
        ("44.09, -89.34\n44.10, nan\n44.10, -89.33", "Line 2"),
        ("44.09, -89.34\n44.10, -89.33", "three corners"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 2], [2, 1], [NaN, 1]]]}', "not a number"),
        ('{"type": "MultiPolygon", "coordinates": []}', "Draw one area, not several"),
        ("{" * 5000, "not a GeoJSON"),
        ('{"type":"Polygon","coordinates":' + "[" * 9000, "not a GeoJSON"),
        ("\n".join(f"{44 + n / 1e6:.6f}, -89.34" for n in range(700)), "corners"),
    ],
)
def test_corners_that_cannot_be_an_area_come_back_with_the_reason(
    officer: Client, corners: str, said: str
) -> None:
    refused = officer.post("/requests/new/", {**FORM, "area": corners, "send": "1"})
    assert refused.status_code == 422
    page = text(refused)
    assert said in page
    assert corners.split("\n", maxsplit=1)[0].replace('"', "&quot;")[:80] in page
    kept = VideoRequest.objects.get()
    assert kept.typed["area"] == corners
    assert corners.split("\n", maxsplit=1)[0].replace('"', "&quot;")[:80] in text(
        officer.get(f"/requests/{kept.pk}/edit/")
    )


@pytest.mark.parametrize(
    "field", ["area", "case_number", "public_summary", "factual_basis", "starts_at", "offense"]
)
@pytest.mark.parametrize(
    "value",
    ["x" * 1_000_000, "a\0b", "\u202eevil\u202c", "<script>alert(1)</script>", "😀" * 99],
    ids=["megabyte", "nul", "bidi", "markup", "emoji"],
)
def test_anything_in_any_field_is_answered_and_given_back_escaped(
    officer: Client, field: str, value: str
) -> None:
    began = time.perf_counter()
    answer = officer.post("/requests/new/", {**FORM, field: value, "send": "1"}, follow=True)
    page = text(answer)
    # Words may hold markup, which is shown as it stands; all else is refused with what to change.
    harmless = field in {"public_summary", "factual_basis"} and ("script" in value or "😀" in value)
    assert answer.status_code in ({200, 422} if harmless else {422})
    assert "<script>alert" not in page
    if field != "offense":
        assert value[:50].replace("<", "&lt;").replace(">", "&gt;") in page
    assert town.SUMMARY in page or field == "public_summary"
    assert officer.post("/requests/check/", {**FORM, field: value}).status_code == 200
    assert time.perf_counter() - began < 10


def test_over_two_megabytes_are_refused_before_they_are_read(officer: Client) -> None:
    assert officer.post("/requests/new/", {**FORM, "public_summary": "x" * 3_000_000}).status_code == 400
    assert not VideoRequest.objects.exists()


def test_a_second_tab_is_told_and_its_words_stay(agents: town.Agents, officer: Client) -> None:
    request = town.save(agents.officer)
    path = f"/requests/{request.pk}/edit/"
    first = {**FORM, "version": request.version, "public_summary": town.SUMMARY + " First tab."}
    assert officer.post(path, {**first, "draft": "1"}).status_code == 302
    second = {**FORM, "version": request.version, "public_summary": town.SUMMARY + " Second tab."}
    overtaken = officer.post(path, {**second, "draft": "1"})
    assert overtaken.status_code == 409
    page = text(overtaken)
    assert "changed in another window" in page
    assert "Second tab." in page
    request.refresh_from_db()
    assert "First tab." in request.public_summary
    newer = re.search(r'name="version" value="(\d+)"', page)
    assert newer is not None
    assert officer.post(path, {**second, "version": newer[1], "draft": "1"}).status_code == 302
    request.refresh_from_db()
    assert "Second tab." in request.public_summary


def test_editing_what_was_sent_meanwhile_keeps_the_words(agents: town.Agents, officer: Client) -> None:
    request = town.submitted(agents)
    path = f"/requests/{request.pk}/edit/"
    assert officer.get(path).headers["Location"] == f"/requests/{request.pk}/"
    late = officer.post(path, {**FORM, "public_summary": "Words of a late tab, long enough.", "draft": "1"})
    assert late.status_code == 409
    assert "Words of a late tab" in text(late)
    assert "moved on" in text(late)


def test_sending_without_script_keeps_the_draft_and_says_why(officer: Client) -> None:
    answer = officer.post("/requests/new/", {**FORM, "send": "1"}, follow=True)
    assert "makes the key for the videos" in text(answer)
    assert VideoRequest.objects.get().state == "draft"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"q_recipient": 7, "wraps": []}',
        b'{"q_recipient": "age1", "wraps": [7]}',
        b'{"q_recipient": "age1", "wraps": [{"key_id": "x", "ciphertext": "!"}]}',
        b'{"q_recipient": "' + b"a" * 300_000 + b'", "wraps": []}',
    ],
)
def test_a_send_that_makes_no_sense_is_refused(agents: town.Agents, officer: Client, body: bytes) -> None:
    request = town.save(agents.officer)
    as_json = {"content_type": "application/json", "headers": {"Accept": "application/json"}}
    answer = officer.post(f"/requests/{request.pk}/submit/", body, **as_json)
    assert answer.status_code == 422
    assert answer.json()["refused"][0]["text"]
    request.refresh_from_db()
    assert request.state == "draft"


def test_a_stale_send_is_a_conflict_in_words(agents: town.Agents, officer: Client) -> None:
    request = town.save(agents.officer)
    answer = post_json(officer, f"/requests/{request.pk}/submit/", payload(agents.officer, version=99))
    assert answer.status_code == 409
    assert "another window" in answer.json()["refused"][0]["text"]


def doors(request_id: object) -> list[tuple[str, str]]:
    one = f"/requests/{request_id}/"
    posts = ["discard/", "submit/", "withdraw/", "sign/", "send-back/", "edit/"]
    return [("get", f"{one}{door}") for door in ("", "edit/", "keys.json", "sign/")] + [
        ("post", f"{one}{door}") for door in posts
    ]


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_anothers_request_and_an_absent_one_answer_alike(
    agents: town.Agents, sign_in: SignIn, state: str
) -> None:
    strangers = town.make_agency("WI0990200")
    reviewer = town.make_reviewer("Rowan (demo)")
    made = {
        "draft": lambda: town.save(strangers.officer),
        "submitted": lambda: town.submitted(strangers),
        "approved": lambda: town.approved(strangers, reviewer),
    }
    foreign = made[state]()
    for who in (agents.officer, agents.supervisor):
        client = sign_in(who, fresh=True)
        pairs = zip(doors(foreign.pk), doors(uuid.uuid4()), strict=True)
        for (method, path), (_, absent) in pairs:
            given = {"data": b"{}", "content_type": "application/json"} if path.endswith("submit/") else {}
            one, other = getattr(client, method)(path, **given), getattr(client, method)(absent, **given)
            assert one.status_code == other.status_code == 404, path
            assert one.headers == other.headers
            assert _without_token(one) == _without_token(other)


def _without_token(response: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))


def test_a_colleagues_draft_is_not_found(agents: town.Agents, sign_in: SignIn) -> None:
    request = town.save(agents.officer)
    colleague = sign_in(agents.colleague)
    assert colleague.get(f"/requests/{request.pk}/").status_code == 404
    assert "AF-26-01734" not in text(colleague.get("/requests/"))
    assert sign_in(agents.officer).get(f"/requests/{request.pk}/").status_code == 200


def test_an_officer_cannot_use_a_supervisors_door(agents: town.Agents, officer: Client) -> None:
    request = town.submitted(agents)
    for method, door in (("get", "sign/"), ("post", "sign/"), ("post", "send-back/")):
        assert getattr(officer, method)(f"/requests/{request.pk}/{door}").status_code == 404


def test_no_page_can_be_cached_or_dated_and_none_needs_an_inline_style(
    agents: town.Agents, officer: Client
) -> None:
    request = town.submitted(agents)
    for path in ("/requests/", "/requests/new/", f"/requests/{request.pk}/", f"/requests/{uuid.uuid4()}/"):
        answer = officer.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not {"ETag", "Last-Modified", "Expires"} & set(answer.headers)
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", text(answer))


def test_the_portal_says_approved_and_never_sent(
    agents: town.Agents, officer: Client, clock: town.Clock
) -> None:
    request = town.approved(agents, town.make_reviewer("Rowan (demo)"))
    for path in ("/requests/", f"/requests/{request.pk}/"):
        page = text(officer.get(path))
        assert "Approved" in page
        assert not re.search(r"\bsent\b|\bdelivered\b|\bnotified\b|\brecipients?\b", page, re.IGNORECASE)
    clock.advance(days=14)
    actions.expire(now=clock.at)
    assert "Closed" in text(_resumed(officer, clock).get(f"/requests/{request.pk}/"))


def test_withdraw_and_discard(agents: town.Agents, officer: Client) -> None:
    request, draft = town.submitted(agents), town.save(agents.officer, case_number="AF-26-00002")
    for _ in range(2):
        assert officer.post(f"/requests/{request.pk}/withdraw/").status_code == 302
    assert officer.post(f"/requests/{draft.pk}/discard/").status_code == 302
    assert officer.post(f"/requests/{draft.pk}/discard/").status_code == 404
    assert [each.state for each in VideoRequest.objects.all()] == ["withdrawn"]
    assert officer.get(f"/requests/{request.pk}/withdraw/").status_code == 405


def test_an_agency_without_jurisdiction_is_told_so(agents: town.Agents, officer: Client) -> None:
    with housekeeping("test"):
        Agency.objects.filter(pk=agents.agency.pk).update(jurisdiction=None)
    assert "no jurisdiction on record" in text(officer.post("/requests/new/", {**FORM, "check": "1"}))


def test_what_counts_for_a_case_is_named_with_the_way_to_it(
    agents: town.Agents, sign_in: SignIn, clock: town.Clock
) -> None:
    first = town.submitted(agents, case_number="AF-26-01734")
    clock.advance(minutes=5)
    other = town.submitted(agents, case_number="AF-26-00002")  # the same place and time under another number
    officer = sign_in(agents.officer)
    fragment = text(officer.post("/requests/check/", FORM))
    assert "The case has had its 2 requests" in fragment
    assert "Request 3 of 2" not in fragment
    assert "Those for the same place and time count too" in fragment
    for each in (first, other):
        assert f'<a href="/requests/{each.pk}/">{each.case_number}: ' in fragment
    assert fragment.index(str(first.pk)) < fragment.index(str(other.pk)), "the oldest first"
    elsewhere = {
        **FORM,
        "case_number": "AF-26-09999",
        "starts_at": "2026-03-17T21:00",
        "ends_at": "2026-03-17T22:00",
    }
    fragment = text(officer.post("/requests/check/", elsewhere))
    assert "Request 1 of 2 in this case" in fragment
    assert "<a href" not in fragment
    # What came later is no objection to the one that was first.
    assert "Request 1 of 2 in this case" in text(officer.get(f"/requests/{first.pk}/"))


@pytest.mark.parametrize(
    ("answered", "title"),
    [
        ({"flags": "danger_to_life"}, "Why a life is in danger now"),
        ({"publish": "later", "publish_delay_days": "7"}, "Why the public is to wait"),
    ],
)
def test_the_panel_asks_for_the_reason_that_an_answer_needs(
    agents: town.Agents, sign_in: SignIn, answered: dict[str, str], title: str
) -> None:
    officer = sign_in(agents.officer)
    assert title not in text(officer.post("/requests/check/", FORM))
    fragment = text(officer.post("/requests/check/", FORM | answered))
    assert title in fragment
    assert "1 thing to change" in fragment
    given = {"danger_reason": town.DANGER, "publish_delay_reason": "A witness has still to be heard."}
    fragment = text(officer.post("/requests/check/", FORM | answered | given))
    assert title in fragment
    assert "thing to change" not in fragment


def test_names_looks_and_schools_are_hinted_at_while_typing_and_refuse_nothing(
    agents: town.Agents, sign_in: SignIn
) -> None:
    officer = sign_in(agents.officer)
    told = {
        **FORM,
        "public_summary": "Marcus Delgado, a tall black man in a red hoodie, ran from the school.",
    }
    fragment = text(officer.post("/requests/check/", told))
    for part in ("Is somebody named here?", "how somebody looked", "Tick the first box", "Marcus Delgado"):
        assert part in fragment, part
    page = text(officer.post("/requests/new/", {**told, "check": "1"}))
    assert "This is what owners will read" in page
    assert "Is somebody named here?" in page
    assert text_of_status(fragment) == text_of_status(text(officer.post("/requests/check/", FORM)))
    ticked = text(officer.post("/requests/check/", {**told, "flags": "minors"}))
    assert "Tick the first box" not in ticked
    plain = text(officer.post("/requests/check/", FORM))
    assert "somebody" not in plain


def text_of_status(fragment: str) -> str:
    """The line that sums up the rules."""
    return fragment.partition('id="rules-status"')[2].partition("</p>")[0]


def test_a_place_that_had_its_requests_is_called_so_before_a_number_is_typed(
    agents: town.Agents, sign_in: SignIn
) -> None:
    town.submitted(agents, case_number="AF-26-01734")
    town.submitted(agents, case_number="AF-26-00002")
    fragment = text(sign_in(agents.officer).post("/requests/check/", {**FORM, "case_number": ""}))
    assert "This place and time have had their 2 requests" in fragment
    assert "The case has had" not in fragment


def test_the_list_shows_what_waits_for_the_supervisor_once(agents: town.Agents, sign_in: SignIn) -> None:
    asked = town.submitted(agents)
    page = text(sign_in(agents.supervisor).get("/requests/"))
    assert page.count(f'href="/requests/{asked.pk}/"') == 1
    assert "No requests yet" not in page
