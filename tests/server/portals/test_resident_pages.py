"""Every resident's page answers, to its own household alone."""

# ruff: noqa: F811 - pytest gives fixtures by their names

import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures

from porchlight.server.accounts.models import User
from porchlight.server.consent import tasks as asking
from porchlight.server.video_requests.access import open_request

pytestmark = pytest.mark.django_db


def client_of(actor) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(
        User.objects.get(pk=actor.user_id), backend="porchlight.server.accounts.backend.SideBackend"
    )
    # The side's cookie bears the side's own name.
    client.cookies["porchlight_resident"] = client.cookies["sessionid"].value
    return client


def asked(actor, **more):
    request = arrange.approved(by_agency=arrange.agency(), **more)
    asking.ask_some(open_request(request.pk), None)
    return request


PAGES = [
    "/",
    "/settings/",
    "/household/",
    "/household/?change",
    "/cameras/",
    "/cameras/add/",
    "/opt-outs/",
    "/requests/",
    "/shares/",
    "/keys/",
    "/clips/",
    "/clips/list.json",
    "/keys/own.json",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers(time, page):
    client = client_of(arrange.home())
    response = client.get(page)
    assert response.status_code == 200, response.content[:300]
    assert b"style=" not in response.content


@pytest.mark.parametrize("page", PAGES)
def test_somebody_without_a_home_finds_a_way_on(time, page):
    client = client_of(arrange.resident())
    response = client.get(page)
    assert response.status_code in {200, 302}


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/"])
def test_a_visitor_is_asked_to_sign_in(page):
    response = Client(HTTP_HOST="localhost").get(page)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_the_first_page_tells_a_visitor_what_this_is():
    assert b"Who decides about your video?" in Client(HTTP_HOST="localhost").get("/").content


def test_the_request_page_says_voluntary_first_and_offers_three_equal_answers(time):
    ana = arrange.home()
    request = asked(ana)
    page = client_of(ana).get(f"/requests/{request.pk}/").content.decode()
    assert page.index("There is no warrant") < page.index("Why they ask") < page.index("Your answer")
    answers = page[page.index('class="answers"') :]
    assert answers.count('class="answer"') == 3
    assert "is-main" not in answers[: answers.index("</form>")]
    assert "AF-26-01734" in page
    assert "checked" not in answers[: answers.index("</form>")]


@pytest.mark.parametrize("suffix", ["", "key.json", "share/", "report/"])
def test_absent_and_foreign_requests_answer_alike(time, suffix):
    ana = arrange.home()
    request = asked(ana)
    other = arrange.home("far@example.org", lat=44.3)
    client = client_of(other)
    foreign = client.get(f"/requests/{request.pk}/{suffix}")
    absent = client.get(f"/requests/{uuid4()}/{suffix}")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


def test_a_decline_writes_nothing(time, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ana = arrange.home()
    request = asked(ana)
    client = client_of(ana)
    client.get("/")
    for path in ("answer/", "decline/"):
        with CaptureQueriesContext(connection) as queries:
            response = client.post(f"/requests/{request.pk}/{path}", {"answer": "decline"})
        assert response.status_code == 200
        assert b"no record" in response.content
        assert not [
            q["sql"]
            for q in queries
            if q["sql"].startswith(("INSERT", "UPDATE", "DELETE")) and "session" not in q["sql"]
        ]


def test_answers_lead_on(time):
    ana = arrange.home()
    request = asked(ana)
    client = client_of(ana)
    share = client.post(f"/requests/{request.pk}/answer/", {"answer": "share"})
    assert share["Location"] == f"/requests/{request.pk}/share/"
    page = client.get(share["Location"]).content.decode()
    assert 'data-mount="share-video"' in page
    assert not re.search(r"<input[^>]* checked", page)
    opt_out = client.post(f"/requests/{request.pk}/answer/", {"answer": "opt-out"})
    page = client.get(opt_out["Location"]).content.decode()
    assert f"agency:{request.agency_id}" in page
    assert not re.search(r"<input[^>]* checked", page)


def test_opting_out_on_the_page_and_undoing_it(time):
    ana = arrange.home()
    client = client_of(ana)
    for _twice in range(2):
        page = client.post(
            "/opt-outs/add/", {"what": "offense", "offense": "arson"}, follow=True
        ).content.decode()
    assert page.count("Requests about: Arson") == 2  # once in words, once on its button
    number = re.search(r"/opt-outs/([0-9a-f-]{36})/undo/", page).group(1)
    for _twice in range(2):
        page = client.post(f"/opt-outs/{number}/undo/", follow=True).content.decode()
    assert "You have opted out of nothing" in page


@pytest.mark.parametrize(
    ("sent", "said", "kept"),
    [
        ({}, "Choose what you do not want to be asked.", ""),
        ({"offense": "arson"}, "Choose what you do not want to be asked.", 'value="arson" selected'),
        ({"what": "agency"}, "Choose the agency.", 'value="agency" '),
        ({"what": "offense", "offense": ""}, "Choose the offense.", 'value="offense" '),
        ({"what": "offense", "offense": "curiosity"}, "Select a valid choice", 'value="offense" '),
    ],
)
def test_an_opt_out_without_a_choice_says_so_at_the_field_and_keeps_the_rest(time, sent, said, kept):
    ana = arrange.home()
    client = client_of(ana)
    answer = client.post("/opt-outs/add/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "data-error-summary" in page
    assert page.count(said) == 2, "above the form and at the field"
    assert kept in page
    assert "You have opted out of nothing" in page


def test_an_opt_out_that_begins_at_a_request_keeps_its_agency_when_something_is_missing(time):
    ana = arrange.home()
    client, request = client_of(ana), asked(ana)
    page = client.post("/opt-outs/add/", {"request": str(request.pk)}).content.decode()
    assert f'value="agency:{request.agency_id}"' in page
    given = {"request": str(request.pk), "what": f"agency:{request.agency_id}"}
    page = client.post("/opt-outs/add/", given, follow=True).content.decode()
    assert f"Requests of {request.agency.name}" in page


def test_claiming_a_place_answers_alike_whether_or_not_others_hold_it(time):
    said = {
        "address": "14 Mill Street, Alder Falls",
        "place_lat": "44.1",
        "place_lon": "-89.33",
        "timezone": "America/Chicago",
    }
    alone = client_of(arrange.resident("first@example.org")).post("/household/?change", said, follow=True)
    second = client_of(arrange.resident("second@example.org")).post("/household/?change", said, follow=True)

    def plain(response) -> str:
        text = response.content.decode().replace("first@example.org", "").replace("second@example.org", "")
        return re.sub(r'((?:csrfmiddlewaretoken" value|data-whose)=")[^"]*', r"\1", text)

    assert alone.status_code == second.status_code == 200
    assert plain(alone) == plain(second)


def test_the_code_of_the_letter(time):
    from porchlight.server.households import actions

    ana = arrange.home(verified=False)
    client = client_of(ana)
    letter = actions.print_letter(household_id=ana.household_id)
    wrong = client.post("/household/code/", {"code": "2222-2222"})
    assert wrong.status_code == 422
    assert b"Tries left" in wrong.content
    right = client.post("/household/code/", {"code": f" {letter.code.lower()} "}, follow=True)
    assert b"Your home is verified" in right.content


@pytest.mark.parametrize(
    "bad",
    [
        {"address": ""},
        {"address": "x" * 1_000_000},
        {"address": "14 Mill\x00 Street"},
        {"address": "14 Mill \u202e Street"},
        {"place_lat": "nan"},
        {"place_lon": "999"},
        {"place_lat": ""},
    ],
)
def test_a_claim_that_cannot_be_is_explained_and_changes_nothing(time, bad):
    said = {"address": "14 Mill Street, Alder Falls", "place_lat": "44.1", "place_lon": "-89.33"}
    client = client_of(arrange.resident())
    response = client.post("/household/?change", {**said, **bad})
    assert response.status_code == 422
    assert b"error" in response.content
    assert b"Proof by letter" not in client.get("/household/").content


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"name": ""}, b"field"),
        ({"place_lat": "45.5"}, b"meters"),
        ({"kind": "drone"}, b"error"),
        ({"direction": "7"}, b"error"),
        ({"sees": "a\u202eb"}, b"error"),
    ],
)
def test_a_camera_that_cannot_be_is_explained(time, bad, words):
    said = {
        "name": "Door",
        "kind": "doorbell",
        "place_lat": "44.1",
        "place_lon": "-89.33",
        "direction": "90",
        "sees": "",
    }
    client = client_of(arrange.home(camera=False))
    response = client.post("/cameras/add/", {**said, **bad})
    assert response.status_code == 422
    assert words in response.content
    assert client.post("/cameras/add/", said).status_code == 302
    assert b"Door" in client.get("/cameras/").content


def test_foreign_cameras_answer_like_absent_ones(time):
    from porchlight.server.households.access import cameras

    ana = arrange.home()
    camera = cameras(ana).get()
    ben = client_of(arrange.home("ben@example.org"))
    for path in (f"/cameras/{camera.pk}/", f"/cameras/{uuid4()}/"):
        assert ben.get(path).status_code == 404
        assert ben.post(f"{path}remove/").status_code == 404
    assert cameras(ana).count() == 1


def test_reporting_pauses_for_the_household_and_shows_nobody_else(time):
    ana = arrange.home()
    ben = arrange.home("ben@example.org")
    request = asked(ana)
    one, other = client_of(ana), client_of(ben)
    before = other.get(f"/requests/{request.pk}/").content
    response = one.post(
        f"/requests/{request.pk}/report/", {"why": "not_true", "text": "It was a film shoot."}, follow=True
    )
    assert b"Paused for you" in response.content
    assert one.post(f"/requests/{request.pk}/report/", {"why": "not_true"}).status_code == 302
    assert one.get(f"/requests/{request.pk}/share/").status_code == 302
    after = other.get(f"/requests/{request.pk}/").content

    def plain(page: bytes) -> bytes:
        return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]*', rb"\1", page)

    assert plain(before) == plain(after)


def test_keys_are_stored_once(time):
    client = client_of(arrange.home())
    recipients = ["age1" + "q" * 58, "age1" + "p" * 58]
    from porchlight.seal.keys import generate_identity

    h, r = generate_identity().recipient, generate_identity().recipient
    wrap = "-----BEGIN AGE ENCRYPTED FILE-----\nabc\n-----END AGE ENCRYPTED FILE-----\n"
    body = {
        "recipient": h,
        "recovery_recipient": r,
        "wrapped_by_passphrase": wrap,
        "wrapped_by_recovery": wrap,
        "recovery_vouch": "0" * 64,
    }

    def post(**change):
        return client.post("/keys/own.json", json.dumps({**body, **change}), content_type="application/json")

    for change in (
        {"recipient": recipients[0]},
        {"recipient": r},
        {"wrapped_by_passphrase": "AGE-SECRET-KEY-1"},
        {"recovery_vouch": "zz"},
    ):
        assert post(**change).status_code == 422
    assert post().status_code == 201
    again = post(recipient=generate_identity().recipient)
    assert again.status_code == 422
    assert again.json()["refused"][0]["code"] == "key_exists"
    assert body.items() <= client.get("/keys/own.json").json().items()
    assert client.post("/keys/own.json", b"[", content_type="application/json").status_code == 422
