"""Holes that are planted on purpose: for each, the matrix must name the cells where it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from tests.server.access_matrix.routes import Route, routes
from tests.server.access_matrix.table import Table
from tests.server.access_matrix.tables import TABLES, visitors_of
from tests.server.access_matrix.visiting import Visitors, mistakes

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Role, Side
from porchlight.server.accounts import sessions
from porchlight.server.consent.models import OwnShare
from porchlight.server.disclosures.access import shares
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation import actions, routing, sides
from porchlight.server.foundation.routing import Audience
from porchlight.server.households.access import own
from porchlight.server.households.models import Camera
from porchlight.server.portals.agency import requests as agency_requests
from porchlight.server.portals.resident import shares as resident_shares
from porchlight.server.video_requests.models import VideoRequest

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Patch = pytest.MonkeyPatch
Plant = Callable[[Patch, Route], None]


def test_without_a_hole_nothing_is_found(visitors: Visitors) -> None:
    for side, name in (("resident", "camera"), ("agency", "team-invite"), ("review", "request")):
        assert shown(visitors, side, name) == []


def everybody_may_administer(patch: Patch, route: Route) -> None:
    """A route for administrators is declared for every officer."""
    patch.setattr(route.pattern.callback, "audience", Audience.OFFICER)


def open_to_anyone(patch: Patch, route: Route) -> None:
    """A reviewers' page is declared for anyone."""
    patch.setattr(route.pattern.callback, "audience", Audience.ANYONE)


def undeclared(patch: Patch, route: Route) -> None:
    """A route declares nothing, and so answers nobody."""
    patch.delattr(route.pattern.callback, "audience")


def roles_do_not_count(patch: Patch, _route: Route) -> None:
    """The middleware looks at the side alone."""
    patch.setattr(routing, "is_of", lambda actor, audience: actor.side is routing._NEEDED[audience][0])


def any_camera(patch: Patch, _route: Route) -> None:
    """A camera is found by its id alone."""
    patch.setattr(own, "cameras", lambda _actor: Camera.objects.all())


def any_share(patch: Patch, _route: Route) -> None:
    """An agency reads every agency's shares."""
    patch.setattr(shares, "readable", lambda _actor: Share.objects.all())


def any_draft(patch: Patch, _route: Route) -> None:
    """An officer reads a colleague's draft."""

    def found(actor: Any, request_id: Any) -> VideoRequest:
        row = VideoRequest.objects.filter(pk=request_id, agency_id=actor.agency_id).first()
        if row is None:
            raise NotFound
        return row

    patch.setattr(agency_requests.access, "request_for", found)


def forbidden_is_403(patch: Patch, _route: Route) -> None:
    """What is another household's is refused in other words than what is absent."""
    real = resident_shares.access.share_for

    def told(actor: Any, share_id: Any) -> Any:
        foreign = OwnShare.objects.filter(pk=share_id).exclude(household_id=actor.household_id)
        if foreign.exists():
            raise PermissionDenied
        return real(actor, share_id)

    patch.setattr(resident_shares.access, "share_for", told)


def a_header_tells(patch: Patch, route: Route) -> None:
    """The page of an absent request differs by one header from that of another agency's."""
    view = route.pattern.callback

    def seen(request: HttpRequest, request_id: Any) -> HttpResponse:
        try:
            answer: HttpResponse = view(request, request_id)
        except NotFound:
            answer = HttpResponse("Not found", status=404)
            if VideoRequest.objects.filter(pk=request_id).exists():
                answer["X-Cost"] = "1"
        return answer

    replace_view(patch, route, seen)


def counted_before_refused(patch: Patch, route: Route) -> None:
    """A refused act leaves an entry."""
    view = route.pattern.callback

    @actions.action("planted.count")
    def count(*, subject: str) -> None:
        actions.audit(subject)

    def seen(request: HttpRequest, **named: Any) -> HttpResponse:
        count(subject="planted")
        answer: HttpResponse = view(request, **named)
        return answer

    replace_view(patch, route, seen)


def a_get_withdraws(patch: Patch, route: Route) -> None:
    """A link in a mail or a picture's address would take a share back."""
    view = route.pattern.callback

    def seen(request: HttpRequest, **named: Any) -> HttpResponse:
        request.method = "POST"
        answer: HttpResponse = view(request, **named)
        return answer

    replace_view(patch, route, seen)


def sessions_of_all_sides(patch: Patch, _route: Route) -> None:
    """A session of one side counts on every side."""
    patch.setattr(sides, "_SESSION_SIDE", "elsewhere")
    patch.setattr(sessions, "_over", lambda *_given, **_more: "")
    real = sessions.actors.resolve

    def resolve(user: Any) -> Any:
        found = real(user)
        return found and sessions.replace(found, side=Side.REVIEW, role=Role.REVIEWER)

    patch.setattr(sessions.actors, "resolve", resolve)


def second_step_not_asked(patch: Patch, _route: Route) -> None:
    """Staff without a second factor work like the others."""
    patch.setattr(sessions.access, "has_second_factor", lambda _user: True)
    patch.setattr(sessions, "_FACTOR", "porchlight_side")


def test_a_route_without_a_line_is_found(visitors: Visitors) -> None:
    table, route = TABLES["agency"], routes("agency")["team"]
    shorter = Table(table.side, tuple(row for row in table.rows if row.route != "team"))
    found = mistakes(visitors, shorter, route, ("officer", "nobody"), ("GET",))
    assert found == ["GET team officer: no line"]


HOLES: list[tuple[Plant, str, str, str]] = [
    (everybody_may_administer, "agency", "team-invite", "GET team-invite officer own: 200, not 404"),
    (everybody_may_administer, "agency", "team-remove", "GET team-remove officer own: 200, not 404"),
    (open_to_anyone, "review", "record", "GET record nobody own: 200, not sign-in"),
    (undeclared, "operator", "people", "GET people operator own: 404, not 200"),
    (roles_do_not_count, "agency", "team-roles", "GET team-roles confirmed own: 200, not 404"),
    (any_camera, "resident", "camera", "GET camera home foreign: 200, not 404"),
    (any_camera, "resident", "camera-remove", "POST camera-remove homeless foreign: 302+, not 404"),
    (any_share, "agency", "shared-video", "GET shared-video colleague own: 200, not 404"),
    (any_share, "agency", "shared-video", "GET shared-video stranger foreign: 200, not 404"),
    (any_draft, "agency", "request-keys", "GET request-keys colleague own: 200, not 404"),
    (forbidden_is_403, "resident", "share", "GET share home foreign: 403, not 404"),
    (a_header_tells, "agency", "request", "GET request officer absent: tells from foreign"),
    (counted_before_refused, "review", "decide", "POST decide reviewer foreign: 404+, not 404"),
    (a_get_withdraws, "resident", "share-withdraw", "GET share-withdraw home own: 302+, not 200"),
    (sessions_of_all_sides, "review", "requests", "GET requests carried_officer own: 200, not sign-in"),
    (second_step_not_asked, "review", "requests", "GET requests unfactored_reviewer own: 200, not set-up"),
]


@pytest.mark.parametrize(
    ("plant", "side", "name", "where"), HOLES, ids=[f"{plant.__name__}-{name}" for plant, _, name, _ in HOLES]
)
def test_the_matrix_shows_it(
    visitors: Visitors, monkeypatch: Patch, plant: Plant, side: str, name: str, where: str
) -> None:
    plant(monkeypatch, routes(side)[name])
    found = shown(visitors, side, name)
    assert any(each.startswith(where) for each in found), "\n".join(found) or "nothing was found"


def replace_view(patch: Patch, route: Route, view: Any) -> None:
    view.audience = route.pattern.callback.audience  # type: ignore[attr-defined]
    patch.setattr(route.pattern, "callback", view)


def shown(visitors: Visitors, side: str, name: str) -> list[str]:
    return mistakes(visitors, TABLES[side], routes(side)[name], visitors_of(side, name), ("GET", "POST"))
