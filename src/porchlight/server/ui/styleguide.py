"""The living style guide: every token and component from the includes that the pages use."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest

from porchlight.server.ui import maps, parts
from porchlight.server.ui.forms import AreaField, PlaceField

_GROUPS = {
    "Ground and ink": {
        "paper": "the page",
        "surface": "cards, fields",
        "sunken": "wells, quiet tags",
        "line": "hairlines",
        "edge": "borders of controls, 3:1",
        "ink": "text",
        "ink-soft": "second text, still 7:1",
        "dusk": "masthead, player",
        "dusk-line": "hairlines on dusk",
        "on-dusk": "text on dusk",
        "on-dusk-soft": "second text on dusk",
    },
    "Meaning": {
        "lamp": "yours: home, clips, choice",
        "lamp-deep": "lamp lines on light ground",
        "lamp-ink": "text on its wash",
        "lamp-wash": "a notice about your rights",
        "lamp-glow": "light around a lamp",
        "tide": "links",
        "tide-fill": "the main button",
        "tide-hover": "the main button under the pointer",
        "on-tide": "text on the main button",
        "tide-wash": "hover, chosen",
        "moss": "holds, done",
        "moss-wash": "its ground",
        "plum": "does not hold",
        "plum-wash": "its ground",
        "iris": "an agency speaks or sees",
        "iris-wash": "its ground",
    },
    "Map ground": {
        "map-ground": "open land",
        "map-casing": "edges of streets",
        "map-tree": "trees",
        "map-halo": "around names",
        "map-outside": "outside a jurisdiction",
        "map-town": "built land",
        "map-building": "houses",
        "map-street": "streets",
        "map-water": "water",
        "map-green": "parks",
        "map-civic": "schools, works",
        "map-area": "the area asked about",
        "map-label": "names",
    },
    "Categories": {
        "cat-incident": "incident",
        "cat-safety": "safety",
        "cat-pet": "lost pet",
        "cat-found": "found thing",
        "cat-hazard": "fire and hazard",
        "cat-kind": "kindness",
        "on-cat": "the icon on them",
    },
    "Cells": {"cell-1": "fewer", "cell-2": "some", "cell-3": "many", "cell-4": "more"},
}
_SIZES = (
    ("text-3xl", "2.875rem", 680, 62, "34 to 46 px, a poster"),
    ("text-2xl", "2.1875rem", 680, 48, "28 to 35 px, the question of the page"),
    ("text-xl", "1.4375rem", 680, 40, "23 px, section"),
    ("text-lg", "1.1875rem", 620, 36, "19 px, part, lead"),
    ("text-md", "1.0625rem", 400, 32, "17 px, text"),
    ("text-sm", "0.9375rem", 400, 30, "15 px, hints, facts"),
    ("text-xs", "0.875rem", 400, 28, "14 px, the smallest allowed"),
)
_SPACES = (
    ("s1", "0.25rem"),
    ("s2", "0.5rem"),
    ("s3", "0.75rem"),
    ("s4", "1rem"),
    ("s5", "1.5rem"),
    ("s6", "2rem"),
    ("s7", "3rem"),
    ("s8", "4rem"),
    ("s9", "6rem"),
)
_CATEGORIES = (
    ("incident", "record", "Incident"),
    ("safety", "lamp", "Safety"),
    ("pet", "paw", "Lost pet"),
    ("found", "found", "Found thing"),
    ("hazard", "hazard", "Fire and hazard"),
    ("kind", "heart", "Kindness"),
    ("agency", "agency", "Agency"),
)
_SHAPES = (("r1", 4, "tags"), ("r2", 8, "controls"), ("r3", 12, "cards"), ("round", 26, "filters"))
_LOOKS = (("Send to supervisor", " is-main"), ("Save draft", ""), ("Discard", " is-quiet"))
_STATES = (
    ("", "As it is"),
    (" shows-hover", "Under the pointer"),
    (" shows-focus", "With the focus"),
    ("", "Not yet"),
)
_REST = {
    "hair": "1 px, between rows",
    "stroke": "1.5 px, around controls",
    "shadow-1, shadow-2": "what lies on a map, what lies on the page",
    "focus": "ink around the lamp",
    "ease": "quick to come, slow to rest",
    "gutter": "16 to 40 px, beside the page",
    "font, font-mono": "text; hashes, keys, case numbers",
    "weight-text, weight-strong, weight-title": "400, 620, 680",
    "leading-tight, leading-snug, leading-text": "1.18, 1.36, 1.55",
    "z-sticky, z-bar, z-menu, z-dialog, z-toast": "10, 20, 30, 40, 50",
}
_CENTER = (-89.33, 44.1)
_AREA = {
    "type": "Polygon",
    "coordinates": [[[-89.3362, 44.0978], [-89.3242, 44.0966], [-89.3235, 44.1031], [-89.3332, 44.104], [-89.3362, 44.0978]]],
}  # fmt: skip


class SampleForm(forms.Form):
    """One field of each look."""

    case = forms.CharField(
        label="Case number", help_text="As in your records system, for example AF-26-01802"
    )
    until = forms.CharField(label="Until", help_text="At most 12 hours after the start")
    offense = forms.ChoiceField(label="Offense type", choices=[("", "Choose one"), ("v", "Vehicle theft")])
    basis = forms.CharField(label="What happened", widget=forms.Textarea, max_length=1200, required=False)
    reach = forms.ChoiceField(
        label="How may the agency reach you?",
        widget=forms.RadioSelect,
        required=False,
        choices=[("n", "Not at all"), ("t", "In a thread here"), ("p", "By name and phone")],
    )
    small = forms.ChoiceField(
        label="Is the area as small as the facts allow?",
        widget=forms.RadioSelect,
        required=False,
        choices=[("y", "Yes"), ("n", "No"), ("u", "Not sure")],
    )
    blur = forms.BooleanField(label="Blur faces in this clip", required=False)
    area = AreaField(label="Area", required=False)
    place = PlaceField(label="Where is your home?", required=False)
    direction = forms.IntegerField(
        label="Where does it look?",
        required=False,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 359, "step": 5}),
    )

    def clean_until(self) -> str:
        raise forms.ValidationError("This is 14 hours 30 minutes. Move the end to 8:00 am or earlier.")


_HINTS = {"n": "They see only the clip.", "t": "You can close it any time.", "p": "Only what you type in."}


def context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows. Around the town of this side, where there is one."""
    form = SampleForm(
        {
            "case": "AF-26-01802",
            "until": "10:30 am",
            "offense": "v",
            "basis": "A blue delivery van was taken from the lot.",
            "area": "\n".join(f"{lat}, {lon}" for lon, lat in _AREA["coordinates"][0]),
            "place_lat": "44.1004",
            "place_lon": "-89.3291",
            "direction": "60",
        },
        auto_id="sg_%s",
    )
    form.fields["reach"].choice_hints = _HINTS  # type: ignore[attr-defined]
    now = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    return {
        "form": form,
        "groups": _GROUPS,
        "sizes": _SIZES,
        "spaces": _SPACES,
        "shapes": _SHAPES,
        "rest": _REST,
        "categories": _CATEGORIES,
        "looks": _LOOKS,
        "states": _STATES,
        "icons": sorted(parts.icon_names()),
        "area": _AREA,
        "around": [_CENTER],
        "lamps": [maps.lamp(lon=-89.3291, lat=44.1004, label="Your front door camera", bearing=250)],
        "start": now,
        "end": now + timedelta(hours=2, minutes=30),
        "digest": "454d81fe27cb128db467b2177e33bf5365aa176599efb3723caafb53b0352604",
        "steps": [
            parts.Step("Draft", "done"),
            parts.Step("Supervisor signs", "done"),
            parts.Step("Review desk", "now", "Since 10:52 am"),
            parts.Step("Open to owners"),
        ],
        "rules": [
            parts.Rule(
                "broken",
                "Span: 14 hours 30 minutes",
                "At most 12 hours. Shorten it.",
                parts.gauge(14.5, 0.25, 12),
            ),
            parts.Rule(
                "holds", "Area: 0.26 square miles", "From 0.025 to 0.5.", parts.gauge(0.26, 0.025, 0.5)
            ),
            parts.Rule("later", "Supervisor signs", "After you send it."),
        ],
        "tags": _tag_docs(),
        "side": str(getattr(request, "side", "resident")),
    }


def _tag_docs() -> str:
    """The usage lines of the tags, as their module tells them."""
    source = (Path(__file__).parent / "templatetags" / "porchlight.py").read_text(encoding="utf-8")
    found = re.match(r'"""(.*?)"""', source, re.DOTALL)
    return found[1] if found else ""
