"""Every door through which an agency, its officers in private, or the public can look, and what each shows.

Doors are taken from the URL resolver, so one that is added tomorrow is looked through tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver
from tests.server.accounts import people
from tests.server.noninterference.base import ABSENT, PRIVATE
from tests.server.video_requests import town

from porchlight.core.visibility import Side
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.notifications.models import Notice
from porchlight.server.tokens.access import OFFERED
from porchlight.server.tokens.actions import make_token

if TYPE_CHECKING:
    from tests.server.noninterference.world import World

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# allauth's own pages are the same program for everyone and tell nothing of a request.
_SKIPPED = re.compile(r"^/(account|demo|static|join)/")


def paths(side: str) -> Iterator[str]:
    """Each path of a side with its parameters still in it."""
    module = import_module(f"porchlight.server.portals.{side}.urls")

    def walk(entries: list[Any], prefix: str) -> Iterator[str]:
        for entry in entries:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, path)
            elif isinstance(entry, URLPattern) and not _SKIPPED.match(path):
                yield path

    yield from walk(module.urlpatterns, "/")


def filled(path: str, values: dict[str, list[Any]]) -> list[str]:
    """The path with each possible value of its parameter; a parameter of no known kind stays as written."""
    found = _PARAMETER.search(path)
    if found is None:
        return [path]
    kind, name = found[1] or "str", found[2]
    possible = values.get(name) or values.get(kind) or ["none"]
    return [path[: found.start()] + str(value) + path[found.end() :] for value in possible]


def look(world: World) -> dict[str, Any]:
    """All doors at this moment."""
    seen: dict[str, Any] = {}
    officer = _officer(world, world.ground.agents.officer)
    foreign = [world.requests[0], ABSENT]
    values = {
        "request_id": [*world.requests, ABSENT],
        "share_id": [*world.shares, *foreign],
        "uuid": foreign,
        "uuidstr": foreign,
        "int": [0, 4],
        "ori": ["WI0990100"],
    }
    for path in paths("agency"):
        for each in filled(path, values):
            seen[f"officer {each}"] = _get(officer, each)
    program = _program(world)
    for path in paths("agency"):
        # An officer's session looks through all of the API above; a token comes in another way to the same doors.
        if path.startswith("/api/v1/shares") or path == "/api/v1/requests":
            for each in filled(path, values):
                seen[f"program {each}"] = _get(program, each)
    other = _officer(world, world.ground.other.officer)
    for each in [
        f"/requests/{world.requests[0]}/",
        "/shared/",
        *(f"/shared/{share}/" for share in world.shares),
    ]:
        seen[f"other agency {each}"] = _get(other, each)
    stranger = people.browser(Side.RESIDENT)
    for path in _public():
        for each in filled(path, values):
            seen[f"public {each}"] = _get(stranger, each)
    seen["rules"] = _rules(officer)
    private = world.browser(PRIVATE)
    for each in ("/requests/", f"/requests/{world.requests[0]}/", "/shares/", "/opt-outs/"):
        seen[f"private {each}"] = _get(private, each)
    seen["mail to the agency"] = [_mail(each) for each in mail.outbox if _is_for_agency(each)]
    seen["mail to the private home"] = [_mail(each) for each in mail.outbox if each.to == ["p@home.example"]]
    seen["moments of the private home"] = sorted(
        Notice.objects.filter(household_id=world.home(PRIVATE).household_id).values_list("send_at", flat=True)
    )
    seen["work for the agency"] = sorted(
        OutboxEvent.objects.filter(topic__startswith="share.").values_list("topic", "payload__share_id")
    )
    return seen


def _public() -> list[str]:
    module = import_module("porchlight.server.portals.public.urls")
    return ["/" + str(pattern.pattern) for pattern in module.urlpatterns]


def _officer(world: World, actor: Any) -> Client:
    client = people.signed_in(world.ground.user(actor))
    client.raise_request_exception = True
    return client


def _program(world: World) -> Client:
    """A program with the officer's token, of every scope that there is."""
    officer = world.ground.agents.officer
    scopes = [each.value for each in OFFERED[Side.AGENCY]]
    made = make_token(name="Records", scopes=scopes, by=town.fresh(officer))
    headers = {"host": people.HOSTS[Side.AGENCY], "authorization": f"Bearer {made.secret}"}
    client = Client(headers=headers)
    client.raise_request_exception = True
    return client


def _get(client: Client, path: str) -> Any:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = sorted((name, value) for name, value in response.headers.items())
    # A savepoint is named after the order in which it was made.
    count = sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries.captured_queries)
    return response.status_code, headers, body, count


def _rules(client: Client) -> Any:
    """The rules panel for an area that holds homes: it must not know."""
    corners = "\n".join(f"{lat}, {lon}" for lon, lat in town.box()["coordinates"][0][:-1])
    response = client.post("/requests/check/", {"area": corners, "offense": "vehicle_theft", "check": "1"})
    return response.status_code, response.content


def _mail(message: Any) -> Any:
    from tests.server.noninterference.world import without_links

    headers = {
        name: without_links(value) for name, value in message.extra_headers.items() if name != "Message-ID"
    }
    return message.came_at, message.to, message.subject, without_links(message.body), sorted(headers.items())


def _is_for_agency(message: Any) -> bool:
    return any(".wi0990" in f".{address.partition('@')[2]}" for address in message.to)
