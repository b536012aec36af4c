"""Pages stand still while they load, are small, and work or say what they need without script."""

from __future__ import annotations

import pytest
from tests.browser.every_page.stage import Stage
from tests.browser.every_page.visits import ROUTES, Visit, visits

pytestmark = [pytest.mark.django_db, pytest.mark.looks, pytest.mark.long]
KEY_PAGES = {
    ("resident", "home"),
    ("resident", "requests"),
    ("resident", "request"),
    ("resident", "request-share"),
    ("resident", "request-link"),
    ("resident", "clips"),
    ("resident", "keys"),
    ("resident", "public-agencies"),
    ("resident", "public-request"),
    ("agency", "requests"),
    ("agency", "shared-video"),
    ("review", "requests"),
    ("review", "request"),
    ("operator", "agencies"),
}
EVERYTHING = [visit for side in ROUTES for visit in visits(side)]
# Not the form with the map to draw on: these windows have no WebGL, and there the text field opens in its place.
MOST_SHIFT = 0.02
SLOW_FONTS_S = 0.4
MOST_BYTES = {"document": 130_000, "stylesheet": 70_000, "font": 120_000}
# Without script these could only pretend to work: each says so.
BY_SCRIPT = {
    "make-key",
    "unlock-key",
    "share-video",
    "clip-list",
    "own-clips",
    "shared-video",
    "officer-key",
    "request-send",
}
_SHIFTS = """window.shifted = [];
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) {
    window.shifted.push([each.value, each.sources.map(s => s.node?.className || s.node?.nodeName)]);
  }
}).observe({type: 'layout-shift', buffered: true});"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("visit", [v for v in EVERYTHING if (v.side, v.route.name) in KEY_PAGES], ids=str)
def test_nothing_moves_while_it_loads(stage: Stage, visit: Visit, width: int) -> None:
    def act() -> tuple[list, dict[str, int]]:
        window = stage.window(visit.side, visit.visitor, own=True, viewport={"width": width, "height": 844})
        window.font_delay_s = SLOW_FONTS_S
        window.context.add_init_script(_SHIFTS)
        page = window.open(visit)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_timeout(250)
        found = page.evaluate("window.shifted"), dict(window.fetched)
        window.close()
        return found

    shifted, fetched = stage.play(act)
    assert sum(value for value, _ in shifted) <= MOST_SHIFT, shifted
    assert {
        kind: fetched.get(kind, 0) for kind in MOST_BYTES if fetched.get(kind, 0) > MOST_BYTES[kind]
    } == {}


@pytest.mark.parametrize(
    "visit", [v for v in EVERYTHING if not v.route.name.startswith(("account_", "mfa_"))], ids=str
)
def test_a_page_without_script_is_whole_or_says_what_it_needs(stage: Stage, visit: Visit) -> None:
    def act() -> tuple[str, list[str], str]:
        window = stage.window(visit.side, visit.visitor, java_script_enabled=False)
        page = window.shown(visit)
        if page is None:
            return "it answers a program, and not a person", [], ""
        marks = " ".join(
            each.get_attribute("data-mount") or "" for each in page.locator("[data-mount]").all()
        )
        said = " ".join(each.inner_text() for each in page.locator("noscript").all())
        words = page.locator("main").inner_text()
        return words, marks.split(), said

    words, marks, said = stage.play(act)
    assert len(words.split()) > 5
    if BY_SCRIPT & set(marks):
        assert said.strip(), f"{sorted(BY_SCRIPT & set(marks))} needs script, and the page does not say so"
