"""The routes as the resolver has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """A route of one side."""

    name: str
    parameters: tuple[str, ...]
    pattern: URLPattern


def routes(side: str) -> dict[str, Route]:
    """Each route of a side by its name; a name that two routes bear is an error."""
    found: dict[str, Route] = {}
    module = import_module(f"porchlight.server.portals.{side}.urls")
    for before, pattern in _walk(module.urlpatterns, ()):
        name = str(pattern.name)
        assert name not in found, f"two routes of {side} are called {name}"
        found[name] = Route(name, before + _parameters(pattern), pattern)
    return found


def _walk(entries: list[Any], before: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], URLPattern]]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, before + _parameters(entry))
        else:
            yield before, entry


def _parameters(entry: URLPattern | URLResolver) -> tuple[str, ...]:
    return tuple(_PARAMETER.findall(str(entry.pattern)))
