"""What every answer of the agency side has in common: nothing is kept by a browser, and nothing dates or names a state.

An ETag or a Last-Modified would change with what the page is made of, and a cached page would outlive a withdrawal.
"""

from __future__ import annotations

import functools
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from porchlight.core.visibility import Actor, Side
from porchlight.server.video_requests import access

View = Callable[..., Any]


def without_traces(response: HttpResponse) -> HttpResponse:
    """The response with `Cache-Control: no-store` and without validators."""
    response["Cache-Control"] = "no-store"
    for name in ("ETag", "Last-Modified", "Expires"):
        if name in response:
            del response[name]
    return response


class AgencyHeadersMiddleware:
    """`without_traces` on every answer of the agency side, its 404 and its refusals included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return without_traces(response) if getattr(request, "side", None) is Side.AGENCY else response


def actor_of(request: HttpRequest) -> Actor | None:
    """Who asks."""
    return getattr(request, "actor", None)


def agency_page(view: View) -> View:
    """A view of the agency portal: its times are those of the agency's zone, its answer leaves no traces."""

    @functools.wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(zone_of(actor_of(request))):
            return without_traces(view(request, *args, **kwargs))

    return seen


def zone_of(actor: Actor | None) -> zoneinfo.ZoneInfo:
    """The time zone of the actor's agency. Raises NotFound where there is no agency."""
    return zoneinfo.ZoneInfo(access.agency_of(actor).timezone)
