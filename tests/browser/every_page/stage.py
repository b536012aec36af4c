"""The server behind the browser, in the test's own process: each request that a page makes is answered in the test's own
thread, in a transaction that is undone, so that a thousand looks leave the ground as it was.

The browser takes every name for an address of this process (`line`). Its driver lives in a thread of its own, for it
runs an event loop there, and Django's connections would see it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.cache import cache as django_cache
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.every_page.line import Answer, Asked, Line
from tests.browser.every_page.looking import AXE
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
_PATIENCE_S = 120
_PAGES_EACH = 60
T = TypeVar("T")
_EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "no service worker controls this page",
)
"""What the browser itself writes down for a refusal; and the windows here have no service worker."""


class Window:
    """One visitor's window on one side.

    `complaints`: errors, broken policies, and whoever else was asked. `fetched`: what the page fetched, by kind.
    """

    def __init__(self, stage: Stage, context: BrowserContext) -> None:
        self.stage, self.context = stage, context
        self.side = self.visitor = ""
        self.complaints: list[str] = []
        self.fetched: dict[str, int] = {}
        self.last_status = 0
        self.font_delay_s = 0.0
        self._next: Answer | None = None
        self._opened = 0
        context.add_init_script(AXE)
        context.on("request", lambda request: self._asked(request.url))
        self.renew()

    def renew(self) -> None:
        """Now and then an empty page: one that has shown a hundred others is large and slow."""
        if self._opened % _PAGES_EACH == 0:
            if self._opened:
                self.page.close()
            self.page = self.context.new_page()
            self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
            self.page.on("console", lambda said: self._said(said.type, said.text))
        self._opened += 1

    def open(self, visit: Visit) -> Page:
        """Go to a page; its status is `last_status`."""
        return self.go(self.stage.path(visit))

    def shown(self, visit: Visit) -> Page | None:
        """Go to a page where there is one: what answers a script or a program is none, nor is a way elsewhere."""
        path = self.stage.path(visit)
        answer = self.stage.ask(self.side, self.visitor, Asked("GET", path, {"accept": "text/html"}))
        if not answer.is_page or answer.status != 200:
            return None
        self._next = answer
        return self.go(path)

    def go(self, path: str) -> Page:
        """Go to a path of this side."""
        self.fetched.clear()
        self.page.goto(f"http://{HOSTS[self.side]}{path}", wait_until="load")
        return self.page

    def send(self, path: str, body: bytes) -> bool:
        """Send a form; whether a page came back, which then stands in the window."""
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
        answer = self.stage.ask(self.side, self.visitor, Asked("POST", path, headers, body))
        self.last_status = answer.status
        if not answer.is_page or 300 <= answer.status < 400:
            return False
        self._next = answer
        self.go(path)
        return True

    def close(self) -> None:
        """Where the window was one of its own."""
        self.context.close()

    def answer(self, asked: Asked) -> Answer:
        """What the browser asked for over the line, of whatever host."""
        side = _SIDES.get(asked.host)
        if side is None:
            return Answer(404, {}, b"")  # the browser itself looks for its updates
        navigates = asked.headers.get("sec-fetch-mode") == "navigate"
        given = self._next if navigates else None
        self._next = None if given else self._next
        answer = given or self.stage.ask(side, self.visitor, asked)
        if navigates:
            self.last_status = answer.status
        return answer

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in _SIDES:
            self.complaints.append(f"{self.page.url} asked {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and not any(each in text for each in _EXPECTED):
            self.complaints.append(f"{self.page.url}: {text}")


class Stage:
    """The ground of the access matrix, shown in a browser."""

    def __init__(self, visitors: Visitors, flags: list[str]) -> None:
        self.visitors = visitors
        self._server = BaseHandler()
        self._server.load_middleware()
        self._asked: queue.SimpleQueue[tuple[tuple[str, str, Asked], Future[Answer]]] = queue.SimpleQueue()
        self._kept: dict[str, Window] = {}
        self._now: Window | None = None
        self._line = Line(self._answer)
        self._flags = [*flags, f"--host-resolver-rules=MAP * 127.0.0.1:{self._line.port}"]
        self._driver = ThreadPoolExecutor(1)
        self._driver.submit(self._launch).result(_PATIENCE_S)

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
        self._line.close()
        self._driver.submit(self._quit).result(_PATIENCE_S)
        self._driver.shutdown()

    def path(self, visit: Visit) -> str:
        """The address of a page, with the visitor's own objects."""
        things = {**things_of(self.visitors.ground, visit.side, visit.visitor), "kinds": visit.kinds}
        return filled(visit.side, visit.route, things)

    def window(self, side: str, visitor: str, *, own: bool = False, **settings: Any) -> Window:
        """The window with these settings, for the acting thread; a fresh one where `own`, which the caller closes.

        Who looks is known to the server's half alone, so one window does for everybody.
        """
        key = repr(sorted(settings.items()))
        if own or key not in self._kept:
            given = {
                "viewport": {"width": 390, "height": 844},
                "locale": "en-US",
                "reduced_motion": "reduce",
                **settings,
            }
            window = Window(self, self._browser.new_context(service_workers="block", **given))
            if not own:
                self._kept[key] = window
        else:
            window = self._kept[key]
            window.renew()
        window.side, window.visitor = side, visitor
        window.complaints.clear()
        self._now = window
        return window

    def ask(self, side: str, visitor: str, asked: Asked) -> Answer:
        """What the server says. For any thread but the test's."""
        answer: Future[Answer] = Future()
        self._asked.put(((side, visitor, asked), answer))
        return answer.result(_PATIENCE_S)

    def _answer(self, asked: Asked) -> Answer:
        window = self._now
        if window is None:
            return Answer(404, {}, b"")
        if asked.dest == "font":
            threading.Event().wait(window.font_delay_s)
        built = asked.static()
        if built is not None and built.status != 200:
            window.complaints.append(f"{window.page.url}: there is no {asked.path}")
        answer = built or window.answer(asked)
        window.fetched[asked.dest] = window.fetched.get(asked.dest, 0) + len(answer.body)
        return answer

    def _respond(self, side: str, visitor: str, asked: Asked) -> Answer:
        factory = RequestFactory(headers={"host": HOSTS[side]})
        session = self.visitors.ground.sessions.get(visitor)
        if session is not None:
            factory.cookies[session_cookie(Side(side))] = session
        kind = asked.headers.get("content-type", "application/octet-stream")
        passed = {
            name: value
            for name, value in asked.headers.items()
            if name in {"accept", "x-requested-with", "range"}
        }
        request = factory.generic(
            asked.method, asked.path, data=asked.body, content_type=kind, headers=passed
        )
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        django_cache.clear()
        with transaction.atomic():
            response = self._server.get_response(request)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            response.close()
            transaction.set_rollback(True)
        return Answer(response.status_code, dict(response.headers), content)

    def _launch(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser: Browser = self._playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=self._flags
        )

    def _quit(self) -> None:
        self._browser.close()
        self._playwright.stop()
