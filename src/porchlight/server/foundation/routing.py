"""Every URL declares its audience; a route that declares none does not answer.

    urlpatterns = [route("requests/<uuid:request_id>/", views.show, audience=Audience.OFFICER, name="request")]

"Absent" and "forbidden" answer alike: whoever is signed in and not of the audience gets the one 404 page; whoever is
not signed in is asked to.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from porchlight.core.visibility import Actor, Role, Side


class Audience(StrEnum):
    """Who a route is for. What they may see there is decided by `access`, object by object."""

    ANYONE = "anyone"
    LINK = "link"  # whoever holds a signed link; the view checks it
    API = "api"  # a door of the API: each of its operations declares its own audience (`portals.api.doors`)
    SIGNED_IN = "signed_in"  # of this side; a staff account that has no second factor yet may enter
    RESIDENT = "resident"
    OFFICER = "officer"  # any active member of an agency
    SUPERVISOR = "supervisor"
    AGENCY_ADMIN = "agency_admin"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


OPEN = frozenset({Audience.ANYONE, Audience.LINK, Audience.API})
"""Routes that ask for no session; a link's view and an API's door check for themselves."""

_NEEDED = {
    Audience.RESIDENT: (Side.RESIDENT, Role.RESIDENT),
    Audience.OFFICER: (Side.AGENCY, None),  # whoever belongs to an agency
    Audience.SUPERVISOR: (Side.AGENCY, Role.SUPERVISOR),
    Audience.AGENCY_ADMIN: (Side.AGENCY, Role.AGENCY_ADMIN),
    Audience.REVIEWER: (Side.REVIEW, Role.REVIEWER),
    Audience.OPERATOR: (Side.OPERATOR, Role.OPERATOR),
}


def route(pattern: str, view: Callable[..., Any], *, audience: Audience, name: str) -> URLPattern:
    """A URL pattern whose view carries its audience."""
    view.audience = audience  # type: ignore[attr-defined]
    return path(pattern, view, name=name)


def declared(patterns: list[URLPattern | URLResolver], audience: Audience) -> list[URLPattern | URLResolver]:
    """Give one audience to all views of a framework's URL list (allauth's), where each has none of its own."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            declared(entry.url_patterns, audience)
        else:
            entry.callback.audience = audience  # type: ignore[attr-defined]
    return patterns


class AudienceMiddleware:
    """Answers before the view where the visitor is not of its audience."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view answer."""
        audience: Audience | None = getattr(view, "audience", None)
        if audience in OPEN:
            return None
        if audience is None:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(_way_back(request))
        if audience is Audience.SIGNED_IN:
            return None
        if not is_of(request.actor, audience):  # type: ignore[attr-defined]
            raise Http404
        return None


def _way_back(request: HttpRequest) -> str:
    """Where to go on after the sign-in: the page that was asked for, or that whose form was sent, which keeps its draft."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def is_of(actor: Actor, audience: Audience) -> bool:
    """Whether the actor belongs to the audience."""
    side, role = _NEEDED[audience]
    if actor.side is not side or Role.ANYONE in actor.roles:
        return False
    return role is None or role in actor.roles
