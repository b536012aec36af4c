"""The server behind the browser, without a network: each request that a page makes is answered in the test's own
thread, in a transaction that is undone, so that a thousand looks leave the ground as it was.

The browser's driver lives in a thread of its own, for it runs an event loop there, and Django's connections would see it.
"""

from __future__ import annotations

import mimetypes
import queue
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.core.cache import cache as django_cache
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright
from tests.browser.every_page.visits import Visit
from tests.server.access_matrix.visiting import Visitors, filled, things_of

from porchlight.core.visibility import Side
from porchlight.server.foundation.sides import session_cookie

HOSTS = {
    "resident": "localhost",
    "agency": "agency.localhost",
    "review": "review.localhost",
    "operator": "operator.localhost",
}
_SIDES = {host: side for side, host in HOSTS.items()}
T = TypeVar("T")
Answer = tuple[int, dict[str, str], bytes]
_EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "no service worker controls this page",
)
"""What the browser itself writes down for a refusal; and the windows here have no service worker."""


class Window:
    """One visitor's window on one side.

    `complaints`: errors, broken policies, and whoever else was asked. `bytes`: what the page fetched, by kind.
    """

    def __init__(self, stage: Stage, context: BrowserContext, side: str, visitor: str) -> None:
        self.stage, self.context, self.side, self.visitor = stage, context, side, visitor
        self.complaints: list[str] = []
        self.fetched: dict[str, int] = {}
        self.last_status = 0
        self.font_delay_s = 0.0
        self._next: Answer | None = None
        context.route("**/*", self._answer)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", lambda said: self._said(said.type, said.text))

    def open(self, visit: Visit) -> Page:
        """Go to a page; its status is `last_status`."""
        return self.go(self.stage.path(visit))

    def shows(self, visit: Visit) -> bool:
        """Whether there is a page to look at: what answers a script or a program is none, nor is a way elsewhere."""
        status, headers, _ = self.stage.ask(
            self.side, self.visitor, "GET", self.stage.path(visit), b"", {"accept": "text/html"}
        )
        return status == 200 and headers.get("Content-Type", "").startswith("text/html")

    def go(self, path: str) -> Page:
        """Go to a path of this side."""
        self.fetched.clear()
        self.page.goto(f"http://{HOSTS[self.side]}{path}", wait_until="load")
        return self.page

    def send(self, path: str, body: bytes) -> bool:
        """Send a form; whether a page came back, which then stands in the window."""
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
        answer = self.stage.ask(self.side, self.visitor, "POST", path, body, headers)
        self.last_status = answer[0]
        if 300 <= answer[0] < 400 or not answer[1].get("Content-Type", "").startswith("text/html"):
            return False
        self._next = answer
        self.go(path)
        return True

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and not any(each in text for each in _EXPECTED):
            self.complaints.append(f"{self.page.url}: {text}")

    def _answer(self, route: Route) -> None:
        asked = route.request
        parts = urlsplit(asked.url)
        if parts.hostname not in _SIDES:
            self.complaints.append(f"{self.page.url} asked {asked.url}")
            route.abort()
            return
        if parts.path.startswith("/static/"):
            kind, body = _static(parts.path)
            if kind.startswith("font"):
                time.sleep(self.font_delay_s)
            self._count(asked.resource_type, body)
            route.fulfill(status=200 if body else 404, body=body, content_type=kind)
            return
        status, headers, body = self._given(asked) or self.stage.ask(
            _SIDES[parts.hostname],
            self.visitor,
            asked.method,
            parts.path + (f"?{parts.query}" if parts.query else ""),
            asked.post_data_buffer or b"",
            asked.headers,
        )
        self._count(asked.resource_type, body)
        if asked.is_navigation_request():
            self.last_status = status
        route.fulfill(status=status, headers=headers, body=body)

    def _given(self, asked: Request) -> Answer | None:
        """The answer to what was sent, for the page's own request."""
        given = self._next if asked.is_navigation_request() else None
        self._next = None if given else self._next
        return given

    def _count(self, kind: str, body: bytes) -> None:
        self.fetched[kind] = self.fetched.get(kind, 0) + len(body)


class Stage:
    """The ground of the access matrix, shown in a browser."""

    def __init__(self, visitors: Visitors, flags: list[str]) -> None:
        self.visitors, self._flags = visitors, flags
        self._server = BaseHandler()
        self._server.load_middleware()
        self._asked: queue.SimpleQueue[tuple[tuple[Any, ...], Future[Answer]]] = queue.SimpleQueue()
        self._driver = ThreadPoolExecutor(1)
        self._driver.submit(self._launch).result()

    def play(self, act: Callable[[], T]) -> T:
        """Let the browser act, and answer it meanwhile."""
        acting = self._driver.submit(act)
        while not acting.done():
            try:
                given, answer = self._asked.get(timeout=0.02)
            except queue.Empty:
                continue
            try:
                answer.set_result(self._respond(*given))
            except BaseException as error:
                answer.set_exception(error)
                raise
        return acting.result()

    def close(self) -> None:
        self._driver.submit(self._quit).result()
        self._driver.shutdown()

    def path(self, visit: Visit) -> str:
        """The address of a page, with the visitor's own objects."""
        things = {**things_of(self.visitors.ground, visit.side, visit.visitor), "kinds": visit.kinds}
        return filled(visit.side, visit.route, things)

    def window(self, side: str, visitor: str, **settings: Any) -> Window:
        """A window of its own, for the acting thread; close its context."""
        given = {
            "viewport": {"width": 390, "height": 844},
            "locale": "en-US",
            "reduced_motion": "reduce",
            **settings,
        }
        context = self._browser.new_context(service_workers="block", **given)
        return Window(self, context, side, visitor)

    def ask(self, *given: Any) -> Answer:
        """What the server says: side, visitor, method, path, body, headers. For the acting thread."""
        answer: Future[Answer] = Future()
        self._asked.put((given, answer))
        return answer.result()

    def _respond(
        self, side: str, visitor: str, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Answer:
        factory = RequestFactory(headers={"host": HOSTS[side]})
        session = self.visitors.ground.sessions.get(visitor)
        if session is not None:
            factory.cookies[session_cookie(Side(side))] = session
        kind = headers.get("content-type", "application/octet-stream")
        passed = {
            name: value for name, value in headers.items() if name in {"accept", "x-requested-with", "range"}
        }
        request = factory.generic(method, path, data=body, content_type=kind, headers=passed)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        django_cache.clear()
        with transaction.atomic():
            response = self._server.get_response(request)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            response.close()
            transaction.set_rollback(True)
        return response.status_code, dict(response.headers), content

    def _launch(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser: Browser = self._playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=self._flags
        )

    def _quit(self) -> None:
        self._browser.close()
        self._playwright.stop()


@cache
def _static(path: str) -> tuple[str, bytes]:
    found = finders.find(path.removeprefix("/static/"))
    kind = (
        "font/woff2"
        if path.endswith(".woff2")
        else mimetypes.guess_type(path)[0] or "application/octet-stream"
    )
    return kind, Path(found).read_bytes() if isinstance(found, str) else b""
