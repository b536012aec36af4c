"""The agency's pages of shared videos, through the whole stack."""

import base64
import io
import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.core.handlers.asgi import ASGIRequest
from django.test import Client
from tests.backends import storage_url
from tests.server.accounts import people
from tests.server.disclosures.sharing import SEALED, share
from tests.server.video_requests import town

from porchlight.core.visibility import Actor
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.disclosures import access, actions
from porchlight.server.foundation import outbox
from porchlight.server.foundation.clock import use_clock
from porchlight.server.foundation.objects import object_store
from porchlight.server.foundation.streaming import streamed


@pytest.fixture(autouse=True)
def platform(tmp_path: Path, settings) -> Iterator[Path]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path, storage_url=storage_url(tmp_path))
    object_store.cache_clear()
    yield tmp_path
    object_store.cache_clear()


@pytest.fixture
def clock(db: None) -> Iterator[town.Clock]:
    moved = town.Clock()
    with use_clock(moved):
        yield moved


@pytest.fixture
def agents(clock: town.Clock) -> town.Agents:
    return town.make_agency()


@pytest.fixture
def asked(agents):
    return town.approved(agents, town.make_reviewer("Rowan (demo)"))


def browser(actor: Actor, **options) -> Client:
    user = User.objects.get(pk=actor.user_id)
    add_authenticator_app(user, people.SECRET)
    client = people.signed_in(user)
    for name, value in options.items():
        setattr(client, name, value)
    return client


def post_json(client: Client, address: str, value: object = None, **headers: str):
    return client.post(
        address,
        json.dumps(value),
        content_type="application/json",
        headers={"Accept": "application/json", **headers},
    )


def assert_no_traces(response) -> None:
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response
    assert "Last-Modified" not in response


def test_the_inbox_groups_by_case_and_counts_nobody(agents, asked):
    officer = browser(agents.officer)
    empty = officer.get("/shared/")
    assert b"Nothing was shared yet" in empty.content
    share(asked)
    response = officer.get("/shared/")
    assert response.status_code == 200
    assert b"AF-26-01734" in response.content
    assert b"Vehicle theft" in response.content
    assert b"Not opened yet" in response.content
    assert_no_traces(response)


def test_the_page_of_a_video_says_what_is_known_and_keeps_the_rest_sealed(agents, asked):
    shared = share(asked)
    response = browser(agents.officer).get(f"/shared/{shared.pk}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Shared by the owner for this request" in page
    assert "Seen by the server" in page
    assert "Kept until" in page
    assert access.own_recipients(agents.officer, shared.pk)[0] in page
    assert "sealed to Q" not in page
    assert_no_traces(response)


def test_a_custodian_without_a_key_is_told_whom_to_ask(agents, asked):
    from porchlight.server.foundation.actions import housekeeping
    from porchlight.server.video_requests.models import KeyWrap

    shared = share(asked)
    with housekeeping("test"):
        KeyWrap.objects.filter(officer_key__officer__user_id=agents.clerk.user_id).delete()
    page = browser(agents.clerk).get(f"/shared/{shared.pk}/").content.decode()
    assert "You cannot open this video" in page
    assert 'data-mount="shared-video"' not in page


@pytest.mark.parametrize("path", ["", "envelope.json", "sealed", "events/"])
def test_another_agency_a_colleague_and_a_made_up_id_get_the_same_404(agents, asked, path):
    shared = share(asked)
    strangers = town.make_agency("WI0990200")
    answers = []
    for actor in (strangers.officer, strangers.clerk, agents.colleague):
        client = browser(actor)
        for share_id in (shared.pk, uuid.uuid4()):
            address = f"/shared/{share_id}/{path}"
            answer = (
                post_json(client, address, {"event": "played"})
                if path in {"envelope.json", "events/"}
                else client.get(address)
            )
            answers.append(answer)
    assert {each.status_code for each in answers} == {404}
    for each in answers:
        assert_no_traces(each)


@pytest.mark.parametrize("host", ["localhost", "review.localhost", "operator.localhost"])
def test_no_other_side_has_these_pages(agents, asked, host):
    shared = share(asked)
    client = browser(agents.officer)
    assert client.get(f"/shared/{shared.pk}/", headers={"host": host}).status_code in {302, 404}


def test_who_is_not_signed_in_is_asked_to(asked):
    shared = share(asked)
    client = Client(headers={"host": "agency.localhost"})
    for path in ("", f"{shared.pk}/", f"{shared.pk}/sealed"):
        response = client.get(f"/shared/{path}")
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]


def test_the_envelope_is_recorded_before_it_is_answered(agents, asked):
    shared = share(asked)
    response = post_json(browser(agents.officer), f"/shared/{shared.pk}/envelope.json")
    given = response.json()
    assert base64.b64decode(given["envelope"]) == b"sealed to Q"
    assert given["sealed_url"] == f"/shared/{shared.pk}/sealed"
    assert [each["recipient"] for each in given["wraps"]] == list(
        access.own_recipients(agents.officer, shared.pk)
    )
    assert access.custody_for_owner(shared.pk).lines[-1].event == "key_opened"
    assert_no_traces(response)


def test_a_page_that_is_only_looked_at_opens_nothing(agents, asked):
    shared = share(asked)
    client = browser(agents.officer)
    assert client.get(f"/shared/{shared.pk}/envelope.json").status_code == 405
    client.get(f"/shared/{shared.pk}/")
    assert [line.event for line in access.custody_for_owner(shared.pk).lines] == ["shared"]


def test_without_its_token_nothing_is_opened(agents, asked):
    shared = share(asked)
    client = browser(agents.officer)
    client.handler.enforce_csrf_checks = True
    assert post_json(client, f"/shared/{shared.pk}/envelope.json").status_code == 403
    assert len(access.custody_for_owner(shared.pk).lines) == 1


# -- ranges -------------------------------------------------------------------------------------------------------------
SIZE = len(SEALED)


@pytest.mark.parametrize(
    ("asked_for", "answer"),
    [
        (None, (200, None, SEALED)),
        ("bytes=0-99", (206, f"bytes 0-99/{SIZE}", SEALED[:100])),
        ("bytes=100-", (206, f"bytes 100-{SIZE - 1}/{SIZE}", SEALED[100:])),
        ("bytes=-16", (206, f"bytes {SIZE - 16}-{SIZE - 1}/{SIZE}", SEALED[-16:])),
        (f"bytes=-{SIZE * 2}", (206, f"bytes 0-{SIZE - 1}/{SIZE}", SEALED)),
        (f"bytes=0-{SIZE * 2}", (206, f"bytes 0-{SIZE - 1}/{SIZE}", SEALED)),
        (f"bytes={SIZE - 1}-", (206, f"bytes {SIZE - 1}-{SIZE - 1}/{SIZE}", SEALED[-1:])),
        (f"bytes={SIZE}-", (416, f"bytes */{SIZE}", b"")),
        ("bytes=-0", (416, f"bytes */{SIZE}", b"")),
        # What is no single range of bytes is passed over.
        ("bytes=0-1,4-5", (200, None, SEALED)),
        ("bytes=9-1", (200, None, SEALED)),
        ("bytes=-", (200, None, SEALED)),
        ("items=0-1", (200, None, SEALED)),
        ("bytes=a-b", (200, None, SEALED)),
        ("bytes=" + "9" * 100 + "-", (200, None, SEALED)),
    ],
)
def test_the_sealed_bytes_by_range(agents, asked, asked_for, answer):
    status, content_range, body = answer
    shared = share(asked)
    headers = {} if asked_for is None else {"Range": asked_for}
    response = browser(agents.officer).get(f"/shared/{shared.pk}/sealed", headers=headers)
    given = b"".join(response.streaming_content) if response.streaming else response.content
    assert (response.status_code, response.get("Content-Range"), given) == (status, content_range, body)
    assert_no_traces(response)
    if status != 416:
        assert response["Content-Length"] == str(len(body))
        assert response["Content-Type"] == "application/octet-stream"


def test_under_asgi_the_pieces_are_read_one_by_one_as_they_are_sent():
    taken: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(3):
            taken.append(number)
            yield bytes([number])

    request = ASGIRequest({"type": "http", "method": "GET", "path": "/", "headers": []}, io.BytesIO())
    response = streamed(request, pieces(), content_type="application/octet-stream")

    async def read() -> list[tuple[bytes, int]]:
        return [(piece, len(taken)) async for piece in response.streaming_content]

    assert async_to_sync(read)() == [(b"\0", 1), (b"\1", 2), (b"\2", 3)]


def test_many_ranges_are_one_fetch_in_custody(agents, asked):
    shared = share(asked)
    client = browser(agents.officer)
    post_json(client, f"/shared/{shared.pk}/envelope.json")
    for start in range(0, 1000, 100):
        b"".join(
            client.get(f"/shared/{shared.pk}/sealed", headers={"Range": f"bytes={start}-"}).streaming_content
        )
    assert [line.event for line in access.custody_for_owner(shared.pk).lines] == [
        "shared",
        "key_opened",
        "ciphertext_fetched",
    ]


# -- what the browser says -----------------------------------------------------------------------------------------------
def test_what_the_browser_says_stands_in_custody_as_told(agents, asked):
    shared = share(asked)
    client = browser(agents.officer)
    address = f"/shared/{shared.pk}/events/"
    assert post_json(client, address, {"event": "opened"}).status_code == 204
    assert (
        post_json(client, address, {"event": "verified", "facts": {"sha256": "ab" * 32}}).status_code == 204
    )
    page = client.get(f"/shared/{shared.pk}/").content.decode()
    assert "Fingerprint checked by Det. Officer (demo): it matches" in page
    assert "Told by the officer’s browser" in page


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"played"',
        b'{"event": 1}',
        b'{"event": "withdrawn"}',
        b'{"event": "played", "facts": []}',
        b'{"event": "verified", "facts": {"sha256": "x"}}',
        b"[" * 100_000,
        b'{"event": "' + b"x" * 100_000 + b'"}',
    ],
)
def test_nonsense_is_refused_and_changes_nothing(agents, asked, body):
    shared = share(asked)
    response = browser(agents.officer).post(
        f"/shared/{shared.pk}/events/",
        body,
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 422
    assert response.json()["refused"][0]["code"] == "event_unknown"
    assert len(access.custody_for_owner(shared.pk).lines) == 1


# -- the end -------------------------------------------------------------------------------------------------------------
def test_what_was_taken_back_says_so_and_nothing_opens_it(agents, asked, clock):
    shared = share(asked)
    client = browser(agents.officer)
    post_json(client, f"/shared/{shared.pk}/envelope.json")
    actions.withdraw(share_id=shared.pk)
    while outbox.run_once(clock()):
        pass
    page = client.get(f"/shared/{shared.pk}/").content.decode()
    assert "The owner took this video back" in page
    assert "It is deleted here" in page
    assert "A copy that was saved cannot be called back" in page
    assert post_json(client, f"/shared/{shared.pk}/envelope.json").status_code == 422
    assert client.get(f"/shared/{shared.pk}/sealed").status_code == 404
    assert post_json(client, f"/shared/{shared.pk}/events/", {"event": "played"}).status_code == 422
    assert "Taken back by its owner" in client.get("/shared/").content.decode()


def test_a_second_factor_that_is_missing_opens_no_page(agents, asked):
    shared = share(asked)
    client = people.signed_in(User.objects.get(pk=agents.officer.user_id), factor=False)
    assert client.get(f"/shared/{shared.pk}/").status_code == 302
    assert client.get(f"/shared/{shared.pk}/sealed").status_code == 302
