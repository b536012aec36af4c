"""The officer's pages: draw and ask, be refused and change it, send."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from tests.browser.job.desk import Desk
from tests.browser.job.town import corners, local

from porchlight.walkthrough import ground

WORDS = {
    "public_summary": "A blue van was taken from the lot on Walkthrough Street in the morning. We would like to see "
    "it leave, and which way it went.",
    "factual_basis": "The owner parked the van in the evening and found it gone in the morning. The lot has one exit "
    "to the street.",
}


Draw = Callable[[Page, Locator], None]


def ask(desk: Desk, *, case_number: str, days_ago: int, draw: Draw | None = None) -> str:
    """Fill the form with faults, see them, mend them, draw the area, send. Returns the request's id."""
    page = desk.open("/requests/new/")
    figure = map_of(page)
    desk.look()
    page.select_option("[name=offense]", "vehicle_theft")
    for name, text in WORDS.items():
        page.fill(f"[name={name}]", text)
    page.locator("label", has=page.locator("[name=publish][value=now]")).click()
    page.fill("[name=starts_at]", local(days_ago, 6))
    page.fill("[name=ends_at]", local(days_ago - 1, 9))
    page.fill("[name=case_number]", "anything")
    page.get_by_text("Enter the corners as text instead").click()
    page.fill("[name=area]", corners(ground.TOO_WIDE))
    broken = page.locator("#rules-list [data-tone=plum]")
    for what in ("Area", "Span", "Case number"):
        expect(broken.filter(has_text=re.compile(what, re.IGNORECASE)).first).to_be_visible()
    page.get_by_role("button", name="Send to supervisor").click()
    page.locator("[data-error-summary]").wait_for()
    desk.look()
    assert page.input_value("[name=case_number]") == "anything"

    page.fill("[name=ends_at]", local(days_ago, 9))
    page.fill("[name=case_number]", case_number)
    figure = map_of(page)
    if not page.locator("[name=area]").is_visible():
        page.get_by_text("Enter the corners as text instead").click()
    page.fill("[name=area]", corners(ground.AREA))
    (draw or draw_again)(page, figure)
    expect(broken).to_have_count(0)
    page.get_by_role("button", name="Send to supervisor").click()
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    desk.look()
    found = re.search(r"[0-9a-f-]{36}", page.url)
    assert found
    return found[0]


def map_of(page: Page) -> Locator:
    """The figure with the map, once it can be drawn on. A map begins when it comes near the screen: go there."""
    page.locator("[data-mount~=map-draw]").evaluate("figure => figure.scrollIntoView({block: 'center'})")
    figure = page.locator("[data-mounted~=map-draw]")
    figure.wait_for()
    return figure


def draw_again(page: Page, figure: Locator) -> None:
    """Draw by hand what was typed: corner by corner, a little wider, by mouse or with a finger."""
    figure.scroll_into_view_if_needed()
    figure.get_by_label("Corner 4 of 4", exact=False).wait_for()
    typed = page.input_value("[name=area]")
    canvas = figure.locator("[data-map]")
    page.evaluate("element => element.scrollIntoView({block: 'center'})", canvas.element_handle())
    page.wait_for_timeout(300)
    middles = [middle_of(figure.get_by_label(f"Corner {n} of 4", exact=False)) for n in range(1, 5)]
    centre = (sum(x for x, _ in middles) / 4, sum(y for _, y in middles) / 4)
    wider = [(centre[0] + (x - centre[0]) * 1.06, centre[1] + (y - centre[1]) * 1.06) for x, y in middles]
    figure.get_by_label("Draw a new area").click()
    touch = page.evaluate("navigator.maxTouchPoints > 0")
    for x, y in [*wider, wider[0]]:
        if touch:
            page.touchscreen.tap(x, y)
        else:
            page.mouse.move(x, y)
            page.wait_for_timeout(60)
            page.mouse.click(x, y)
        page.wait_for_timeout(150)
    figure.get_by_label("Corner 4 of 4", exact=False).wait_for()
    drawn = page.input_value("[name=area]")
    assert drawn != typed
    assert 0.1 < float(figure.locator("[data-map-area]").inner_text()) < 0.2


def middle_of(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
