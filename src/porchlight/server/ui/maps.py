"""What the map's script is told: sentences in the reader's language, shapes as JSON, where the ground comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext


def source() -> str:
    """The address of the ground: the operator's PMTiles or tiles, else the side's own town; empty for a plain ground."""
    if settings.PORCHLIGHT.map_url:
        return str(settings.PORCHLIGHT.map_url)
    try:
        return reverse("town-map")
    except NoReverseMatch:
        return ""


def as_json(value: object) -> str:
    """A GeoJSON geometry or a list, for a data attribute; text is taken to be JSON already."""
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def help_texts() -> str:
    """What is said to a person who scrolls over a map."""
    return as_json(
        {
            "windows": gettext("Hold Ctrl and scroll to zoom the map"),
            "mac": gettext("Hold ⌘ and scroll to zoom the map"),
            "touch": gettext("Use two fingers to move the map"),
        }
    )


def draw_texts() -> str:
    """What the handles of an area are called."""
    return as_json(
        {
            "corner": gettext("Corner {n} of {max}. Arrow keys move it, Delete removes it."),
            "middle": gettext("Add a corner between {n} and {max}"),
            "whole": gettext("Move the whole area with the arrow keys"),
            "badLine": gettext("Line {n} of the corners cannot be read"),
            "drawing": gettext("Click each corner, then the first one again"),
        }
    )


def frame(
    *, label: str, jurisdiction: object = None, around: Iterable[tuple[float, float]] = (), cells: str = ""
) -> dict[str, Any]:
    """What every kind of map needs; `attrs` are the data attributes of its figure.

    `around`: (longitude, latitude) of what should be in view.
    """
    positions = [list(position) for position in around]
    data = {
        "map-source": source(),
        "label": label,
        "help": help_texts(),
        "jurisdiction": as_json(jurisdiction),
        "around": as_json(positions) if positions else "",
        "cells": cells,
    }
    attrs = format_html_join("", ' data-{}="{}"', ((name, value) for name, value in data.items() if value))
    return {"label": label, "jurisdiction": jurisdiction, "cells": cells, "attrs": attrs}


def lamp(*, lon: float, lat: float, label: str, bearing: float | None = None) -> Mapping[str, object]:
    """The household's own home or camera, for `lamps=` of `map_show`. Never for anyone else's."""
    return {"lon": lon, "lat": lat, "label": label, "bearing": bearing}
