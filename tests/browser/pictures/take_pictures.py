"""`make pictures`: every page of the demo town, on a phone and on a desk, into docs/pictures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright
from tests.browser.pictures import album
from tests.browser.pictures.album import Picture
from tests.browser.pictures.town import Person, Town, running
from tests.browser.pictures.walk import PEOPLE, Found, by_hand, found_by
from tests.browser.ui.conftest import FLAGS

KEY_PAGES = {
    ("resident", "home"),
    ("resident", "request"),
    ("resident", "public-agencies"),
    ("resident", "styleguide"),
    ("agency", "request-edit"),
    ("agency", "shared-video"),
    ("review", "request"),
}
"""Shown light and dark; the rest in light alone."""


def test_take_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not collected by itself: `make pictures` names this file."""
    for old in album.ALBUM.glob("*.webp"):
        old.unlink()
    with sync_playwright() as playwright, running(tmp_path) as town:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*FLAGS, "--enable-unsafe-swiftshader"]
        )
        pictures = []
        for each in _taken(town, browser):
            pictures.append(each)
            with capsys.disabled():
                print(each.name, flush=True)
        browser.close()
    album.INDEX.write_text(album.index(pictures))
    files = list(album.ALBUM.glob("*.webp"))
    with capsys.disabled():
        print(
            f"{len(pictures)} pages, {len(files)} pictures, {sum(each.stat().st_size for each in files) / 1e6:.1f} MB"
        )


def _taken(town: Town, browser: Browser) -> Iterator[Picture]:
    seen: set[tuple[str, str, str]] = set()
    for side, key in PEOPLE:
        person = Person(town, browser, side, key)
        for found in list(found_by(person)):
            if (side, found.route, "") in seen or _same_elsewhere(found):
                continue
            seen.add((side, found.route, ""))
            yield from _both(person, found)
        person.context.close()
    for person, found in _as_far_as_it_goes(by_hand(town, browser)):
        if (found.side, found.route, found.state) not in seen:
            seen.add((found.side, found.route, found.state))
            yield from _both(person, found)


def _as_far_as_it_goes(given: Iterator[tuple[Person, Found]]) -> Iterator[tuple[Person, Found]]:
    """What stands behind a form that changed is left out, and said; the test of the album names it."""
    try:
        yield from given
    except (Error, AssertionError) as error:
        print(f"not all by hand: {str(error)[:300]}", file=sys.stderr)


def _same_elsewhere(found: Found) -> bool:
    """The sign-in pages are one template: residents' and agency's pictures show them."""
    return found.side in {"review", "operator"} and found.route.startswith(("account_", "mfa_"))


def _both(person: Person, found: Found) -> Iterator[Picture]:
    """The page as it is, and refused where it has a form to fill in."""
    try:
        found.come(person)
        yield _one(person, found, found.state)
        if not found.state and _send_nothing(person):
            yield _one(person, found, "error")
    except Error as error:
        print(
            f"no picture of {found.side} {found.route} {found.state}: {str(error).splitlines()[0]}",
            file=sys.stderr,
        )


def _one(person: Person, found: Found, state: str) -> Picture:
    side, route = found.side, found.route
    themes = ("light", "dark") if (side, route) in KEY_PAGES and not state else ("light",)
    heading = " ".join(person.page.locator("h1").first.inner_text().split())
    picture = Picture(side, route, state, heading, themes)
    album.take(person.page, picture)
    return picture


def _send_nothing(person: Person) -> bool:
    """Send the page's first form that takes text with nothing in it; whether it was refused with a page."""
    page = person.page
    form = page.locator("main form[method=post i]:has(input:not([type=hidden]), textarea)").first
    if form.count() == 0 or any(word in page.url for word in ("/demo", "/o/", "/r/", "/household/code")):
        return False
    with page.expect_navigation(wait_until="load", timeout=15_000):
        form.evaluate(
            """form => {
              for (const each of form.elements) {
                if (['text', 'email', 'search', 'tel', 'url', 'password', 'textarea'].includes(each.type) && !each.readOnly) each.value = '';
                if (['radio', 'checkbox'].includes(each.type)) each.checked = false;
              }
              HTMLFormElement.prototype.submit.call(form);
            }"""
        )
    return page.locator("[data-error-summary]").count() > 0
