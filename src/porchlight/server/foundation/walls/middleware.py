"""Puts the wall around every request of the agency side, up to the last byte of its answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from porchlight.core.visibility import Side
from porchlight.server.foundation.sides import SidedRequest
from porchlight.server.foundation.walls.connecting import behind, without_database


class AgencyWallMiddleware:
    """Stands right inside `SideMiddleware`: sessions and accounts are read behind the wall too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if cast("SidedRequest", request).side is not Side.AGENCY:
            return self.get_response(request)
        with behind():
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            pieces: Any = response.streaming_content
            response.streaming_content = _awaited(pieces) if response.is_async else _each(pieces)
        return response


def _each(pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with behind():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


async def _awaited(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    # These are read in whatever thread is free, where no connection of the agency side is.
    while True:
        with without_database():
            piece = await anext(pieces, None)
        if piece is None:
            return
        yield piece
