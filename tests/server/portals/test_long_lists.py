"""Every page costs the same with ten requests and with thousands: as many queries, and a bounded answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from bench.many_requests import fill, keep_wraps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.server.access_matrix.routes import routes
from tests.server.accounts import people
from tests.server.video_requests import town

from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.agencies.models import Officer, OfficerKey
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation.clock import use_clock
from porchlight.server.transparency.actions import sequence
from porchlight.server.video_requests.models import VideoRequest

MOST_BYTES = 220_000
_ACCOUNT = re.compile(r"account|mfa|login|reauth|join|demo|sw|service")


@pytest.fixture
def clock(db: None, settings) -> Iterator[town.Clock]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    moved = town.Clock()
    with use_clock(moved):
        yield moved


class Town:
    """One agency, a reviewer, and as many requests as there shall be."""

    def __init__(self) -> None:
        self.agents, self.reviewer = town.make_agency(), town.make_reviewer("Rowan (demo)")
        own = town.save(self.agents.officer)
        self.draft = own.pk
        sequence()

    def grow(self, count: int) -> None:
        agents = self.agents
        there = VideoRequest.objects.exclude(pk=self.draft).count()
        fill(
            agents.agency,
            author=str(agents.officer.user_id),
            signer=str(agents.supervisor.user_id),
            reviewer=str(self.reviewer.user_id),
            count=count - there,
            area=town.box(),
            now=town.NOW - town.timedelta(days=there),
        )
        if not there:
            keys = OfficerKey.objects.filter(officer__agency=agents.agency).values_list("pk", flat=True)
            keep_wraps(list(keys), agents.agency)

    def browser(self, actor) -> Client:
        user = User.objects.get(pk=actor.user_id)
        if not user.authenticator_set.exists():
            add_authenticator_app(user, people.SECRET)
        return people.signed_in(user, confirmed=True)

    def values(self) -> dict[str, list]:
        """An object of each kind; the same ones however many there are."""
        oldest = VideoRequest.objects.order_by("-created_at", "id")
        states = ("approved", "signed", "submitted", "closed")
        return {
            "request_id": [self.draft, *(oldest.filter(state=each).first().pk for each in states)],
            "share_id": [Share.objects.order_by("-shared_at", "id").first().pk],
            "officer_id": [Officer.objects.order_by("joined_at", "pk").first().pk],
            "invitation_id": [self.draft],
            "token_id": [self.draft],
            "ori": ["WI0990100"],
            "index": [0],
            "rest": ["nowhere"],
            "subject_id": [self.draft],
        }


def paths(side: str, values: dict[str, list]) -> Iterator[tuple[str, str]]:
    """(name, path) of every route that is not an account's own."""
    from django.urls import reverse

    urlconf = f"porchlight.server.portals.{side}.urls"
    for name, route in routes(side).items():
        if _ACCOUNT.search(name) or any(each not in values for each in route.parameters):
            assert _ACCOUNT.search(name) or side != "agency", f"no value for {name} {route.parameters}"
            continue
        for value in values[route.parameters[0]] if route.parameters else [None]:
            kwargs = {each: values[each][0] for each in route.parameters}
            if route.parameters:
                kwargs[route.parameters[0]] = value
            yield f"{name} {value or ''}", reverse(name, kwargs=kwargs, urlconf=urlconf)


def cost(client: Client, path: str) -> tuple[int, int, int]:
    """(status, queries, bytes) of a GET."""
    if client.get(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return HTTPStatus.METHOD_NOT_ALLOWED, 0, 0
    # What is done only once (a catalog, a rate bucket) was done by that first visit.
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    count = sum(not each["sql"].startswith(("SAVEPOINT", "RELEASE")) for each in seen.captured_queries)
    return response.status_code, count, len(body)


def costs(here: Town, values: dict[str, list]) -> dict[str, tuple[int, int, int]]:
    found = {}
    for who in ("officer", "supervisor"):
        client = here.browser(getattr(here.agents, who))
        for name, path in paths("agency", values):
            found[f"agency {who} {name}"] = cost(client, path)
    desk = here.browser(here.reviewer)
    for name, path in paths("review", values):
        found[f"review {name}"] = cost(desk, path)
    visitor = Client(headers={"host": "localhost"})
    for name in ("public-agencies", "public-requests", "public-agency", "public-request", "public-log"):
        for each, path in paths("resident", values):
            if each.split()[0] == name:
                found[f"public {each}"] = cost(visitor, path)
    return found


def compare(few: int, many: int) -> None:
    here = Town()
    here.grow(few)
    values = here.values()
    before = costs(here, values)
    here.grow(many)
    after = costs(here, values)
    for name, (status, queries, size) in sorted(after.items()):  # what `make bench-pages` counts
        print(f"page {name[:60]:60} {status} {before[name][1]:3} -> {queries:3} queries {size:7} bytes")
    assert len(before) > 30
    assert {name: each[0] for name, each in before.items()} == {name: each[0] for name, each in after.items()}
    assert {n: (c[1], after[n][1]) for n, c in before.items() if c[1] != after[n][1]} == {}
    assert {name: each[2] for name, each in after.items() if each[2] > MOST_BYTES} == {}


@pytest.mark.once
def test_every_page_asks_the_database_as_often_with_ten_requests_and_with_three_hundred(clock):
    compare(10, 300)


@pytest.mark.long
def test_every_page_asks_the_database_as_often_with_ten_requests_and_with_ten_thousand(clock):
    compare(10, 10_000)


def test_every_request_is_on_exactly_one_page(clock):
    here = Town()
    here.grow(130)
    client = here.browser(here.agents.officer)
    seen: list[str] = []
    path, pages = "/requests/", 0
    while path:
        page = client.get(path).content.decode()
        if path == "/requests/":
            page = page[page.index('id="case-1"') :]
        seen += re.findall(r'class="row-link" href="/requests/([0-9a-f-]{36})/"', page)
        found = re.search(r'href="\?after=([\w-]+)"', page)
        path, pages = (f"/requests/?after={found[1]}" if found else ""), pages + 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == VideoRequest.objects.count() == 131


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "W10",
        "bnVsbA",
        "WyJ4IiwieCJd",
        "%00",
        "é",
        "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwiMSJd",
        "A" * 900,
    ],
)
def test_a_broken_link_shows_the_first_page(clock, after):
    here = Town()
    here.grow(10)
    client = here.browser(here.agents.officer)
    assert client.get("/requests/", {"after": after}).content == client.get("/requests/").content
    for path in ("/asked/", "/agencies/", "/agencies/WI0990100/"):
        visitor = Client(headers={"host": "localhost"})
        assert visitor.get(path, {"after": after}).status_code == 200
