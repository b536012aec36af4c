"""Nothing but keys: while this holds, what the job's driver clicks, fills and chooses is done by Tab, arrows and keys.

Each stop on the way must be seen to have the focus, and no step may lose it. Mouse and finger raise.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Mouse, Page, Touchscreen

_MOST_STOPS = 160
_MOST_S = 15.0
_CONTROL = """element => {
  const label = element.closest('label');
  return label?.control ?? element.closest('a, button, summary, input, select, textarea, [tabindex]') ?? element;
}"""
_IS_HERE = """([element, name]) => {
  const here = document.activeElement;
  return here === element || (name !== '' && here?.type === 'radio' && here.name === name && here.form === element.form);
}"""
# Around the buttons of a video the browser draws its own ring, which cannot be asked for.
# What a key does is drawn in the second frame after it.
_DRAWN = (
    "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))"
)
_LOST = "window.stillHere === true && document.activeElement === document.body"
_SEEN = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return '';
  const ring = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const box = here.getBoundingClientRect(), label = here.closest('label');
  const seen = ring(here) || (label && ring(label)) || here.matches('main, video, [data-error-summary]');
  const there = (box.width > 0 && box.height > 0) || here.matches('.skip');
  return seen && there ? '' : `${here.tagName}.${here.className} ${here.getAttribute('aria-label') ?? here.textContent.slice(0, 40)}`;
}"""


@contextmanager
def keys_only() -> Iterator[None]:
    """For the time of the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", lambda self, **_: press(self))
        patch.setattr(Locator, "fill", lambda self, value, **_: write(self, value))
        patch.setattr(Page, "fill", lambda self, at, value, **_: write(self.locator(at), value))
        patch.setattr(Page, "select_option", lambda self, at, value, **_: choose(self.locator(at), value))
        patch.setattr(
            Page, "set_input_files", lambda self, at, files, **_: open_file(self.locator(at), files)
        )
        for cls, names in ((Mouse, ("move", "click", "down")), (Touchscreen, ("tap",))):
            for name in names:
                patch.setattr(cls, name, _forbidden)
        yield


def _forbidden(*_: Any, **__: Any) -> None:
    raise AssertionError("only keys are allowed here")


def reach(place: Locator) -> Any:
    """Tab to a control, looking at each stop; returns it. A group of radio buttons is one stop."""
    page = place.page
    place.first.wait_for(state="attached")
    until(lambda: not _lost(page), f"{page.url}: the focus was lost on the way to {place}")
    element = place.first.evaluate_handle(_CONTROL)
    name = element.evaluate("e => e.type === 'radio' ? e.name : ''")
    begin = page.evaluate("document.activeElement === document.body")
    for stop in range(_MOST_STOPS):
        if page.evaluate(_IS_HERE, [element, name]):
            return element
        page.keyboard.press("Tab")
        unseen = page.evaluate(_SEEN)
        assert unseen == "", f"{page.url}: the focus cannot be seen on {unseen}"
        if stop == 0 and begin:
            assert page.evaluate("document.activeElement.matches('.skip')"), (
                f"{page.url} does not begin with its skip link"
            )
    raise AssertionError(f"{page.url}: Tab never comes to {place}")


def press(place: Locator) -> None:
    """Follow a link, press a button, open a summary, tick a box, pick one of several."""
    page, element = place.page, reach(place)
    kind = element.evaluate(
        "e => e.type === 'radio' || e.type === 'checkbox' ? e.type : e.tagName.toLowerCase()"
    )
    if kind == "radio":
        for _ in range(20):
            if page.evaluate("element => document.activeElement === element", element):
                break
            page.keyboard.press("ArrowDown")
        if not element.evaluate("e => e.checked"):
            page.keyboard.press("Space")
        assert element.evaluate("e => e.checked")
        return
    page.evaluate("window.stillHere = true")
    page.keyboard.press("Space" if kind in {"checkbox", "summary"} else "Enter")
    # Where the page is left for another, the focus is lost for as long as that takes.
    until(lambda: not _lost(page), f"{page.url}: the focus is lost after {place}")


def until(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait for a thing that the page does by itself. Playwright's own waiting is done with `eval`, which pages forbid."""
    deadline = time.monotonic() + _MOST_S
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.03)


def _lost(page: Page) -> bool:
    try:
        page.evaluate(_DRAWN)
        return bool(page.evaluate(_LOST))
    except Error:  # the page was left while it was asked
        return False


def write(place: Locator, value: str) -> None:
    """Type over what stands in a field."""
    page, element = place.page, reach(place)
    if element.evaluate("e => e.type") == "datetime-local":
        moment = datetime.fromisoformat(value)
        page.keyboard.type(moment.strftime("%m%d%Y"))
        page.keyboard.press("ArrowRight")
        page.keyboard.type(moment.strftime("%I%M%p"))
        assert element.evaluate("e => e.value") == value
        return
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(value)


def choose(place: Locator, value: str) -> None:
    """Pick an option by typing what it is called."""
    page, element = place.page, reach(place)
    page.keyboard.type(
        element.evaluate("(e, value) => [...e.options].find(o => o.value === value).label", value)
    )
    assert element.evaluate("e => e.value") == value


def open_file(place: Locator, files: Any) -> None:
    """Open the file chooser of a field and take a file."""
    page = place.page
    # The browser is told to hand the chooser over before the way there: told at the last moment, it may hear the key first.
    with page.expect_file_chooser() as opened:
        reach(place)
        page.keyboard.press("Enter")
    opened.value.set_files(files)


def draw_by_keys(page: Page, figure: Locator) -> None:
    """Draw a square and take it back; move a corner and the whole area; add a corner and remove it again."""
    figure.get_by_label("Corner 4 of 4", exact=False).wait_for()

    def area() -> str:
        return page.input_value("[name=area]")

    typed = area()
    press(figure.locator('[data-map-do="square"]'))
    until(lambda: area() != typed, "no square was drawn")
    press(figure.locator('[data-map-do="undo"]'))
    until(lambda: area() == typed, "the square was not taken back")
    reach(figure.get_by_label("Corner 1 of 4", exact=False))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    held = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert held.startswith("Corner 1 of 4")
    until(lambda: area() != typed, "the corner did not move")
    moved = area()
    reach(figure.get_by_label("Add a corner between 2 and 3"))
    page.keyboard.press("Enter")
    figure.get_by_label("Corner 5 of 5", exact=False).wait_for()
    reach(figure.get_by_label("Corner 3 of 5", exact=False))
    page.keyboard.press("Delete")
    figure.get_by_label("Corner 4 of 4", exact=False).wait_for()
    reach(figure.get_by_label("Move the whole area", exact=False))
    page.keyboard.press("ArrowLeft")
    until(lambda: area() != moved, "the area did not move")
