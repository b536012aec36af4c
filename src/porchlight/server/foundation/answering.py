"""Each request is answered in one thread, from the outermost middleware to the view and back.

Django's own way over ASGI goes to and fro between the event loop and threads, and makes the page of an error in a
thread of its own choice: there the agency side has no database connection (`walls`), so a plain 404 would break. One
thread for all of it keeps the wall around all of it, and a bounded number of threads keeps a crowd from taking turns
at the interpreter.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

THREADS = 16


class OneThreadHandler(ASGIHandler):
    """Django's handler, whose middleware and views run as they would over WSGI; only bytes come and go asynchronously."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Always the synchronous chain."""
        BaseHandler.load_middleware(self, is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, made in one of the threads."""
        answer: Any = sync_to_async(self._answer, thread_sensitive=False, executor=self._threads)
        response: HttpResponseBase = await answer(request)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        # Django's signals do this in a thread of their own, which is not the one that used the connection.
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()


def application() -> OneThreadHandler:
    """The program, set up and ready to answer."""
    django.setup(set_prefix=False)
    return OneThreadHandler()
