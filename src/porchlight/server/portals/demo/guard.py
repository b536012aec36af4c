"""What every demo view asks first: is this a demo at all?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from porchlight.core.visibility import Side
from porchlight.demo.people import CAST, DemoPerson
from porchlight.demo.place import DemoNote, read_note

View = Callable[..., HttpResponseBase]


def demo_only(view: View) -> View:
    """Outside demo mode the view is absent, even if somebody gave it an address."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.PORCHLIGHT.demo:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def data_dir() -> Path:
    """Where this installation keeps its data."""
    return Path(settings.PORCHLIGHT.data_dir)


def note() -> DemoNote:
    """What was written down when the demo was filled. Raises Http404 before that."""
    found = read_note(data_dir())
    if found is None or not found.filled:
        raise Http404
    return found


def side_of(request: HttpRequest) -> Side:
    """The side that the request came to."""
    side: Side = request.side  # type: ignore[attr-defined]
    return side


def people_of(side: Side) -> tuple[DemoPerson, ...]:
    """The demo's people of a side."""
    return tuple(someone for someone in CAST if someone.side == side.value)
