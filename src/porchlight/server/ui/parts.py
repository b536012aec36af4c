"""What components are made of, computed here so that templates only place it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.functional import Promise

_SPRITE = Path(__file__).parent / "templates" / "ui" / "sprite.html"
# The page's word for a thing -> the drawing's name. One thing, one icon.
_ALIASES = {
    "shield": "agency",
    "house": "home",
    "tree": "log",
    "close": "cross",
    "arrow": "right",
    "pencil": "draw",
    "edit": "draw",
    "mail": "request",
    "upload": "share",
    "video": "camera",
    "keys": "key",
}


@cache
def icon_names() -> frozenset[str]:
    """Every icon of the sprite."""
    return frozenset(re.findall(r'<symbol id="i-([a-z-]+)"', _SPRITE.read_text(encoding="utf-8")))


def icon_name(name: str) -> str:
    """The sprite's name of an icon; raises ValueError for one that is not drawn."""
    found = _ALIASES.get(name, name)
    if found not in icon_names():
        raise ValueError(f"No icon {name!r}; there are: {', '.join(sorted(icon_names()))}")
    return found


@dataclass(frozen=True)
class Step:
    """One station of `{% steps %}`. `state`: done, now or later."""

    label: str | Promise
    state: str = "later"
    detail: str | Promise = ""


@dataclass(frozen=True)
class Gauge:
    """A value on a bar with its bounds, in percent of the bar. Drawn by `{% gauge %}`."""

    value: float
    bounds: tuple[float, ...]
    tone: str


def gauge(value: float, low: float | None, high: float | None) -> Gauge:
    """A bar that ends a fifth above its upper bound or at the value, whichever is more; moss inside, plum outside."""
    top = max(value, (high if high is not None else value) * 1.2, low or 0.0) or 1.0
    holds = (low is None or value >= low) and (high is None or value <= high)
    bounds = tuple(round(100 * bound / top, 1) for bound in (low, high) if bound)
    return Gauge(round(100 * max(value, 0.0) / top, 1), bounds, "moss" if holds else "plum")


@dataclass(frozen=True)
class Other:
    """Something that a rule counts, by its name, with the way to it."""

    path: str
    name: str


@dataclass(frozen=True)
class Rule:
    """One row of `{% rules %}`. `state`: holds, broken or later; `others`: what it counts beside what is judged."""

    state: str
    title: str | Promise
    text: str | Promise = ""
    gauge: Gauge | None = field(default=None)
    others: tuple[Other, ...] = ()


def groups(hexadecimal: str, size: int = 8) -> list[str]:
    """A fingerprint in groups that a person can compare."""
    return [hexadecimal[start : start + size] for start in range(0, len(hexadecimal), size)]
