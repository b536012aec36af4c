"""Every URL of every side declares its audience; one that does not never answers."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver

from porchlight.server.foundation.routing import Audience, AudienceMiddleware

SIDES = ("resident", "agency", "review", "operator")


def patterns(side: str) -> Iterator[tuple[str, URLPattern]]:
    """Each URL of a side with its whole path."""
    module = import_module(f"porchlight.server.portals.{side}.urls")

    def walk(entries: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in entries:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, path)
            else:
                yield path, entry

    return walk(module.urlpatterns, "/")


@pytest.mark.parametrize("side", SIDES)
def test_every_route_declares_an_audience(side: str) -> None:
    found = list(patterns(side))
    assert found
    assert [
        path
        for path, pattern in found
        if not isinstance(getattr(pattern.callback, "audience", None), Audience)
    ] == []


@pytest.mark.parametrize("side", SIDES)
def test_every_route_has_a_name(side: str) -> None:
    assert [path for path, pattern in patterns(side) if not pattern.name] == []


def test_a_route_without_an_audience_does_not_answer(rf: RequestFactory) -> None:
    def undeclared(_request: Any) -> None:
        raise AssertionError("the view was reached")

    middleware = AudienceMiddleware(undeclared)  # type: ignore[arg-type]
    with pytest.raises(Http404):
        middleware.process_view(rf.get("/"), undeclared, (), {})
