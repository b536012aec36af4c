"""The base map that an operator may put beside the database: the same public bytes for everyone, on every side."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

_EMPTY = b'{"type":"FeatureCollection","features":[]}'
_TYPE = "application/geo+json"
_CACHE = "public, max-age=3600"


@require_safe
def town_map(_request: HttpRequest) -> HttpResponseBase:
    """`data_dir/map.geojson`, streamed; without one an empty collection."""
    path = Path(settings.PORCHLIGHT.data_dir) / "map.geojson"
    response: HttpResponseBase = (
        FileResponse(path.open("rb"), content_type=_TYPE)
        if path.is_file()
        else HttpResponse(_EMPTY, content_type=_TYPE)
    )
    response["Cache-Control"] = _CACHE
    return response
