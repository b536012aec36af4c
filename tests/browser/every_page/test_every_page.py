"""Every page of every side, as the resolver has them: filled, empty and refused; in both sizes, light and dark."""

from __future__ import annotations

import pytest
from tests.browser.every_page import looking
from tests.browser.every_page.emptying import emptied
from tests.browser.every_page.stage import Stage, Window
from tests.browser.every_page.visits import ROUTES, Visit, visits, without_parameters
from tests.server.access_matrix.tables import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.looks, pytest.mark.long]
NONSENSE = ("¿ñ?", "")
_FRAMEWORK = ("account_", "mfa_")
EVERYTHING = [visit for side in ROUTES for visit in visits(side)]


@pytest.mark.parametrize("side", ROUTES)
def test_what_is_not_visited_is_no_page(side: str) -> None:
    """A route that nobody is sent to answers every GET with a refusal or a redirect, as its lines in the tables say."""
    seen = {visit.route.name for visit in visits(side)}
    for name in set(ROUTES[side]) - seen:
        rows = [row for row in TABLES[side].rows if row.route == name and "GET" in row.methods]
        assert not any(row.cells[0].startswith("200") for row in rows), name


@pytest.mark.parametrize("visit", EVERYTHING, ids=str)
def test_filled(stage: Stage, visit: Visit) -> None:
    """Nothing is amiss with the page; and with none of its forms sent with nonsense, where an error is shown."""

    def act() -> list[str]:
        window = stage.window(visit.side, visit.visitor)
        page = window.shown(visit)
        if page is None:
            return []
        if _looked_at_elsewhere(visit):
            return looking.glance(page) + window.complaints
        sent = [
            (at, looking.filled_with(page, at, value)) for at in looking.forms(page) for value in NONSENSE
        ]
        found = looking.look(page) + looking.stretch(page)
        answered: set[int] = set()
        for at, (path, body) in sent:
            if at not in answered and _refused(window, path, body, found):
                answered.add(at)
        return found + window.complaints

    found = stage.play(act)
    assert not found, "\n" + "\n".join(found)


def _looked_at_elsewhere(visit: Visit) -> bool:
    """The sign-in pages are one template on all sides: on two of them they are looked at closely, here for their frame."""
    return visit.side in {"review", "operator"} and visit.route.name.startswith(_FRAMEWORK)


def _refused(window: Window, path: str, body: bytes, found: list[str]) -> bool:
    """Send a form; whether the answer was a page that says what to change, and what is amiss with it."""
    if not window.send(path, body) or window.last_status == 404:
        return False
    page = window.page
    if page.locator("[data-error-summary]").count() == 0:
        # Done after all; or a form for script alone, and the page says so.
        done = window.last_status == 405 or (window.last_status == 200 and looking.forms(page) == [])
        if not done and page.locator("main .notice").count() == 0:
            found.append(f"sent to {path}: {window.last_status} without saying what to change")
        return False
    if not page.evaluate("document.activeElement.matches('[data-error-summary]')"):
        found.append(f"sent to {path}: the focus is not at the error summary")
    found += [f"sent to {path}: {each}" for each in looking.look(page)]
    return True


@pytest.mark.parametrize(
    "visit",
    [
        each
        for side in ROUTES
        for each in without_parameters(side)
        if not each.route.name.startswith(_FRAMEWORK)
    ],
    ids=str,
)
def test_empty(stage: Stage, visit: Visit) -> None:
    with emptied(visit.side):

        def act() -> list[str]:
            window = stage.window(visit.side, visit.visitor)
            page = window.shown(visit)
            if page is None:
                return []
            return looking.look(page) + looking.stretch(page) + window.complaints

        found = stage.play(act)
    assert not found, "\n" + "\n".join(found)
