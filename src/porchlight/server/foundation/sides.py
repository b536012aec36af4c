"""Each side of the platform has its own host name, cookies and URLs, so that one hole does not open all.

The side follows from the host alone. A session carries the side it began on and is empty anywhere else, even if its
cookie is carried over by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from porchlight.core.visibility import Side

_SESSION_SIDE = "porchlight_side"
_HOST_ONLY = "__Host-"
API_PREFIX = "/api/v1/"


class SidedRequest(HttpRequest):
    """A request after `SideMiddleware`."""

    side: Side


def side_of(host: str) -> Side:
    """The side that a host name (without port) belongs to."""
    host = host.lower().rstrip(".")
    for side in (Side.AGENCY, Side.REVIEW, Side.OPERATOR):
        if host == f"{side.value}.{settings.PORCHLIGHT.host}":
            return side
    return Side.RESIDENT


def base_url(side: Side) -> str:
    """The address of a side without a trailing slash, e.g. `http://agency.localhost:8000`."""
    base: str = settings.PORCHLIGHT.base_url
    return base if side is Side.RESIDENT else base.replace("://", f"://{side.value}.", 1)


class SideMiddleware:
    """Sets `request.side` and the URLs of that side."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        side = side_of(request.get_host().partition(":")[0])
        request.side = side  # type: ignore[attr-defined]
        request.urlconf = f"porchlight.server.portals.{side.value}.urls"
        return self.get_response(request)


class SideSessionMiddleware(SessionMiddleware):
    """Sessions under a cookie of the side's own name; a session of another side counts as none."""

    def process_request(self, request: HttpRequest) -> None:
        side = cast("SidedRequest", request).side
        key = request.COOKIES.get(session_cookie(side))
        session = self.SessionStore(key)
        if key and session.get(_SESSION_SIDE, side.value) != side.value:
            session = self.SessionStore(None)
        request.session = session

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        side = cast("SidedRequest", request).side
        if request.session.modified and not request.session.is_empty():
            request.session[_SESSION_SIDE] = side.value
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        own = request.COOKIES.get(session_cookie(side))
        if own is not None:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = own
        response = super().process_response(request, response)
        _rename(response, settings.SESSION_COOKIE_NAME, session_cookie(side))
        return response


class SideCsrfMiddleware(CsrfViewMiddleware):
    """Django's protection under a cookie of the side's own name."""

    def process_request(self, request: HttpRequest) -> None:
        request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
        own = request.COOKIES.get(csrf_cookie(cast("SidedRequest", request).side))
        if own is not None:
            request.COOKIES[settings.CSRF_COOKIE_NAME] = own
        super().process_request(request)

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        if bearer_text(request) is not None:
            # No browser adds this header by itself, and whoever sends it is not let in by a cookie.
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer = super().process_response(request, response)
        _rename(answer, settings.CSRF_COOKIE_NAME, csrf_cookie(cast("SidedRequest", request).side))
        return answer


def bearer_text(request: HttpRequest) -> str | None:
    """What stands behind `Authorization: Bearer` on the API's addresses; None where a session is asked instead."""
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not request.path_info.startswith(API_PREFIX):
        return None
    return text.strip()


def session_cookie(side: Side) -> str:
    """The name of a side's session cookie. Over HTTPS no other host can set it, not even the residents' one above it."""
    return f"{_HOST_ONLY if settings.SESSION_COOKIE_SECURE else ''}porchlight_{side.value}"


def csrf_cookie(side: Side) -> str:
    """The name of a side's cookie against forged forms; as above."""
    return f"{_HOST_ONLY if settings.CSRF_COOKIE_SECURE else ''}porchlight_{side.value}_csrf"


def _rename(response: HttpResponseBase, general: str, own: str) -> None:
    morsel = response.cookies.pop(general, None)
    if morsel is not None:
        morsel.set(own, morsel.value, morsel.coded_value)
        response.cookies[own] = morsel
        # http.cookies copies a Morsel that is assigned; the attributes (path, SameSite, HttpOnly) go with it.
