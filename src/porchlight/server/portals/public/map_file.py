"""The base map that an operator may put beside the database: the same public bytes for everyone, on every side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from porchlight.server.foundation.streaming import streamed

_EMPTY = b'{"type":"FeatureCollection","features":[]}'
_TYPE = "application/geo+json"
_PIECE = 256 * 1024


@require_safe
def town_map(request: HttpRequest) -> HttpResponseBase:
    """`data_dir/map.geojson`, streamed; without one an empty collection."""
    path = Path(settings.PORCHLIGHT.data_dir) / "map.geojson"
    response: HttpResponseBase = (
        streamed(request, _pieces(path), content_type=_TYPE)
        if path.is_file()
        else HttpResponse(_EMPTY, content_type=_TYPE)
    )
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
