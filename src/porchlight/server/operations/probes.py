"""`/healthz` and `/readyz` on every side: two words for whoever keeps processes running, and nothing for strangers.

They are answered before anything else looks at the request, under any host name: a load balancer knows an address only.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from porchlight.server.operations import readiness

_FRESH_S = 3.0  # strangers can ask too; more often than this nobody is told anything new
_MIGRATED_FRESH_S = 60.0


class ProbesMiddleware:
    """Stands first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return _answer("ok", 200)
        if request.path == "/readyz":
            return _answer("ready", 200) if is_ready() else _answer("not ready", 503)
        return self.get_response(request)


class _Remembered:
    """An answer that is asked for anew after a while."""

    def __init__(self, ask: Callable[[], bool], fresh_s: float) -> None:
        self.ask, self.fresh_s = ask, fresh_s
        self.until, self.answer = 0.0, False

    def __call__(self) -> bool:
        now = time.monotonic()
        if now >= self.until:
            self.answer = self.ask()
            # A "no" is looked at again soon, whatever it is about.
            self.until = now + (self.fresh_s if self.answer else min(self.fresh_s, _FRESH_S))
        return self.answer


_questions = [
    _Remembered(readiness.database_answers, _FRESH_S),
    _Remembered(lambda: not readiness.missing_migrations(), _MIGRATED_FRESH_S),
    _Remembered(readiness.objects_answer, _FRESH_S),
]


def is_ready() -> bool:
    """Whether requests may come here: the database answers and has this version's tables, the object store answers."""
    return all(question() for question in _questions)


def forget() -> None:
    """Ask anew the next time."""
    for question in _questions:
        question.until = 0.0


def _answer(word: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{word}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"}
    )
