"""Pages and files that belong to no portal."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.server.ui.styleguide import context


@require_safe
def service_worker(_request: HttpRequest) -> FileResponse:
    """The side's service worker at `/sw.js`, in charge of the whole side and always fetched anew."""
    path = Path(settings.PORCHLIGHT.web_dist) / "sw.js"
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker keeps for when the network is away."""
    return render(request, "ui/offline.html")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every token and component, from the includes that the pages use."""
    return render(request, "ui/styleguide.html", context(request))
