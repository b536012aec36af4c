"""Where typed errors become HTTP: the only place."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.reasons import Reason


class RefusalMiddleware:
    """Turns `Refused` into 422 with its reasons, `Conflict` (whose text is a reason's code) into 409, `NotFound` into the one 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        by_a_person = "text/html" in request.headers.get("Accept", "")
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and by_a_person:
            return _wrong_way(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a typed error; None lets anything else be a 500."""
        if isinstance(error, NotFound):
            raise Http404 from error
        if isinstance(error, Refused):
            return _refusal(request, error.reasons, 422)
        if isinstance(error, Conflict):
            return _refusal(request, (Reason(str(error) or "changed_meanwhile"),), 409)
        return None


def _wrong_way(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever opens a form's address by hand, or sends without script what only a script can, is told so on a page."""
    page = render(request, "405.html", status=response.status_code)
    page["Allow"] = response["Allow"]
    return page


def _refusal(request: HttpRequest, reasons: tuple[Reason, ...], status: int) -> HttpResponse:
    if wants_json(request):
        from porchlight.server.ui.reasons import text_of  # noqa: PLC0415 - texts are the page's matter

        texts = [{"code": reason.code, "text": str(text_of(reason))} for reason in reasons]
        return JsonResponse({"refused": texts}, status=status)
    return render(
        request, "ui/refused.html", {"reasons": reasons, "back": _page_before(request)}, status=status
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, and not a person."""
    return (
        "application/json" in request.headers.get("Accept", "") or request.content_type == "application/json"
    )


def _page_before(request: HttpRequest) -> str:
    """The page of ours whose form was sent; empty where the browser does not say."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else ""
