"""Bytes that go out piece by piece, and the one range of them that somebody asked for.

Under ASGI Django gathers a plain iterator whole before the first byte leaves; so the pieces of a large object come
from an asynchronous one there, and memory stays flat.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class RangeNotSatisfiable(Exception):
    """The range lies outside the object: answer 416 with `Content-Range: bytes */size`."""


def single_range(header: str | None, size: int) -> tuple[int, int] | None:
    """The range (start, end) that a Range header asks for, `end` not included; None for the whole.

    What is no single range of bytes is passed over, as RFC 9110 (14.2) asks. Raises RangeNotSatisfiable.
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(size - int(last), 0), size
        if int(last) == 0 or size == 0:
            raise RangeNotSatisfiable
        return start, end
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise RangeNotSatisfiable
    return start, end


def streamed(
    request: HttpRequest, pieces: Iterator[bytes], *, content_type: str, status: int = 200
) -> StreamingHttpResponse:
    """A response whose pieces are read as they are sent."""
    content = _asynchronous(pieces) if isinstance(request, ASGIRequest) else pieces
    return StreamingHttpResponse(content, content_type=content_type, status=status)


async def _asynchronous(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    read = sync_to_async(lambda: next(pieces, None), thread_sensitive=False)
    try:
        while (piece := await read()) is not None:
            yield piece
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            # A client that goes away leaves the last read running in its thread; that one ends by itself.
            with suppress(ValueError):
                close()
