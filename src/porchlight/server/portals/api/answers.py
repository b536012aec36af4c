"""The API's one shape for every answer that is a no: `{"refused": [{"code", "params", "text"}]}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.views.csrf import csrf_failure as page_csrf_failure
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from porchlight.core.errors import Conflict, NotFound, PorchlightError, Refused
from porchlight.core.reasons import Reason, reason
from porchlight.server.foundation.sides import API_PREFIX
from porchlight.server.ui.reasons import text_of

_MINUTE_S: Final = 60


class Denied(PorchlightError):
    """The API's door stays shut: 401 or 403, with its reason."""

    def __init__(self, status: int, why: Reason) -> None:
        super().__init__(why.code)
        self.status = status
        self.why = why


def refusal(status: int, reasons: Iterable[Reason]) -> HttpResponse:
    """The answer that says no, and why."""
    told = [{**each.as_dict(), "text": str(text_of(each))} for each in reasons]
    response = JsonResponse({"refused": told}, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:  # noqa: PLR2004 - "unauthorized"; RFC 9110 wants to be told how
        response["WWW-Authenticate"] = 'Bearer realm="porchlight"'
    return response


def absent(_request: HttpRequest, _error: Exception | None = None, **_named: Any) -> HttpResponse:
    """Absent and forbidden, alike."""
    return refusal(404, [reason("not_found")])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A session without the page's token; a page on pages, the API's shape on the API."""
    if request.path_info.startswith(API_PREFIX):
        return refusal(403, [Reason("csrf_failed")])
    page: HttpResponse = page_csrf_failure(request, reason)
    return page


def handle(api: NinjaAPI) -> None:
    """Let the API answer every error that a caller can cause in the one shape."""
    for error, handler in _HANDLERS.items():
        api.add_exception_handler(error, handler)


def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    waits = [each for each in error.reasons if each.code == "too_often"]
    if not waits:
        return refusal(422, error.reasons)
    response = refusal(429, error.reasons)
    response["Retry-After"] = str(int(waits[0].params["minutes"]) * _MINUTE_S)
    return response


def _conflict(_request: HttpRequest, error: Conflict) -> HttpResponse:
    return refusal(409, [Reason(str(error) or "changed_meanwhile")])


def _denied(_request: HttpRequest, error: Denied) -> HttpResponse:
    return refusal(error.status, [error.why])


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each field that is not as the schema says, once. What was sent is not repeated."""
    fields = dict.fromkeys(".".join(str(part) for part in each["loc"][1:])[:80] for each in error.errors)
    return refusal(422, [reason("field_not_as_declared", field=field or "body") for field in fields])


def _unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return refusal(400, [reason("body_not_json")])


def _too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return refusal(413, [reason("body_too_large")])


_HANDLERS: Final[dict[type[Exception], Any]] = {
    NotFound: absent,
    Http404: absent,
    Refused: _refused,
    Conflict: _conflict,
    Denied: _denied,
    ValidationError: _invalid,
    HttpError: _unreadable,  # the framework raises it for one thing: a body that is no JSON
    UnreadablePostError: _unreadable,
    RequestDataTooBig: _too_large,
}
