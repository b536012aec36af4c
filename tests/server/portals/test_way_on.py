"""When a page cannot answer as asked, the person reads why, and where it goes on."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SENT = "/requests/00000000-0000-4000-8000-00000000dead/report/"


@pytest.mark.parametrize(
    ("referer", "on"),
    [
        (f"http://localhost{SENT}", SENT),
        (f"http://localhost{SENT}?a=b", f"{SENT}?a=b"),
        ("http://elsewhere.example/requests/", "/"),
        ("http://agency.localhost/requests/", "/"),
        ("http://localhost@elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_after_a_sign_in_that_ran_out_one_is_back_at_the_form(client: Client, referer: str, on: str) -> None:
    answer = client.post(SENT, {"text": "typed"}, headers={"host": "localhost", "referer": referer})
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [on]


def test_a_page_that_was_asked_for_comes_after_the_sign_in(client: Client) -> None:
    answer = client.get("/requests/?after=1", headers={"host": "localhost", "referer": "http://localhost/"})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == ["/requests/?after=1"]


@pytest.mark.parametrize(("method", "said"), [("post", b"This form needs script"), ("put", b"needs script")])
def test_a_person_who_sends_the_wrong_way_gets_a_page(client: Client, method: str, said: bytes) -> None:
    given = {"host": "localhost", "accept": "text/html,*/*"}
    answer = getattr(client, method)("/about/", headers=given)
    assert answer.status_code == 405
    assert said in answer.content
    assert answer["Allow"] == "GET, HEAD"


def test_a_program_that_sends_the_wrong_way_gets_no_page(client: Client) -> None:
    answer = client.post("/about/", headers={"host": "localhost", "accept": "application/json"})
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("host", ["localhost", "agency.localhost", "review.localhost", "operator.localhost"])
def test_every_side_has_its_page_for_being_offline(client: Client, host: str) -> None:
    worker = client.get("/sw.js", headers={"host": host})
    assert worker.status_code == 200
    assert worker.getvalue()
    page = client.get("/offline/", headers={"host": host})
    assert page.status_code == 200
    assert b"You are offline" in page.content
    assert b"sessionid" not in page.content
