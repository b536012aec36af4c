"""A drawn clip to share, for who has no video at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from porchlight.demo.place import CLIPS
from porchlight.server.foundation.streaming import streamed
from porchlight.server.portals.demo.guard import data_dir, demo_only

_PIECE = 256 * 1024


@demo_only
@require_safe
def download(request: HttpRequest, key: str) -> HttpResponseBase:
    """The clip as a file. Raises Http404 for a scene that there is not."""
    path = next(
        (each for each in (data_dir() / CLIPS).glob("[!.]*.mp4") if each.stem.rpartition("-")[0] == key), None
    )
    if path is None:
        raise Http404
    response = streamed(request, _pieces(path), content_type="video/mp4")
    response["Content-Length"] = str(path.stat().st_size)
    response["Content-Disposition"] = f'attachment; filename="{key}.mp4"'
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
