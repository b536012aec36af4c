"""Ending an answer inside a test's transaction, as Django's own test client does."""

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase


def end(response: HttpResponseBase) -> None:
    """Close the answer and what it holds; the connection with the test's uncommitted rows stays open."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
