"""The wire between the browser and the stage: an HTTP server that hands over what is asked, whatever host it is asked of.

The built files are answered here, and may be kept by the browser as on a real site.
"""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles import finders

_STATIC = "/static/"
_KINDS = {"style": "stylesheet", "empty": "fetch"}
_OWN_TO_THE_WIRE = {"content-length", "connection", "transfer-encoding", "date", "server"}


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


@dataclass(frozen=True)
class Asked:
    """One request; header names are lower case."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def host(self) -> str:
        return self.headers.get("host", "")

    @property
    def dest(self) -> str:
        """What the browser wants it for: document, stylesheet, script, font, fetch, …"""
        dest = self.headers.get("sec-fetch-dest", "")
        return _KINDS.get(dest, dest)

    def static(self) -> Answer | None:
        """A built file; None where something else was asked for."""
        path = self.path.partition("?")[0]
        if not path.startswith(_STATIC):
            return None
        kind, body = _file(path.removeprefix(_STATIC))
        return Answer(200 if body else 404, {"Content-Type": kind, "Cache-Control": "max-age=3600"}, body)


class Line:
    """Listens on `port` of the loopback until it is closed."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        class Handler(_Handler):
            answered = staticmethod(answer)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece
    answered: Callable[[Asked], Answer]

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        try:
            answer = self.answered(Asked(self.command, self.path, headers, body))
        except TooLate:  # the page that asked was left
            answer = Answer(503, {}, b"")
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in _OWN_TO_THE_WIRE:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
            self.wfile.flush()

    do_HEAD = do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the names that the library calls

    def log_message(self, *_: object) -> None:
        pass


@cache
def _file(path: str) -> tuple[str, bytes]:
    found = finders.find(path)
    known = "font/woff2" if path.endswith(".woff2") else mimetypes.guess_type(path)[0]
    return known or "application/octet-stream", Path(found).read_bytes() if isinstance(found, str) else b""
