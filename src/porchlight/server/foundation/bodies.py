"""No request's body is longer than the longest part of an upload.

Django puts a whole body by, in memory or in a temporary file, before any view says who may send one; so a stranger
could fill the disk. Here it is refused before it is read.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

_REFUSED = b"The request is too large.\n"


def bounded(application: Application) -> Application:
    """The same application; a longer body is answered with 413, or breaks off where its length was not told."""

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        most: int = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if any(_too_long(value, most) for name, value in scope["headers"] if name == b"content-length"):
            await _refuse(send)
            return
        await application(scope, _counted(receive, most), send)

    return answer


def _counted(receive: Receive, most: int) -> Receive:
    """`receive`, which says that the client has gone once more than `most` bytes came."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        return message if came <= most else {"type": "http.disconnect"}

    return counted


def _too_long(told: bytes, most: int) -> bool:
    return not told.isdigit() or len(told) > len(str(most)) or int(told) > most


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(_REFUSED)).encode()),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _REFUSED})
