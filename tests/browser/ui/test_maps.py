"""Drawing an area by mouse, by keys and by text; putting a lamp; and all of it without WebGL."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page

STARTED = "[data-mounted~=map-draw]"


@pytest.fixture
def drawing(page: Page, site: str) -> Locator:
    """The figure in which an area is drawn, with a sample area on it."""
    page.goto(f"{site}/draw/")
    figure = page.locator(STARTED)
    figure.wait_for()
    page.evaluate(
        "window.told = []; document.addEventListener('area-change', e => told.push(e.detail.squareMiles))"
    )
    figure.scroll_into_view_if_needed()
    return figure


def corners(page: Page) -> list[tuple[float, float]]:
    """What the text field says, a closing corner left out."""
    lines = [line for line in page.locator("#sg_area").input_value().splitlines() if line]
    read = [(float(lat), float(lon)) for lat, lon in (line.split(",") for line in lines)]
    return read[:-1] if len(read) > 1 and read[0] == read[-1] else read


def test_the_sample_is_measured(drawing: Locator) -> None:
    assert drawing.locator("[data-map-area]").inner_text() == "0.24"


def test_a_new_area_is_drawn_corner_by_corner(page: Page, drawing: Locator) -> None:
    drawing.get_by_label("Draw a new area").click()
    box = drawing.locator("[data-map]").bounding_box()
    assert box
    places = [(0.35, 0.3), (0.6, 0.3), (0.6, 0.7), (0.35, 0.7), (0.35, 0.3)]
    for x, y in places:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(60)
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(120)
    drawing.get_by_label("Corner 4 of 4", exact=False).wait_for()
    assert len(corners(page)) == 4
    assert page.evaluate("told.length") == 1


def test_a_double_click_ends_the_area_and_leaves_the_map_where_it_is(page: Page, drawing: Locator) -> None:
    drawing.get_by_label("Draw a new area").click()
    box = drawing.locator("[data-map]").bounding_box()
    assert box
    for x, y in [(0.35, 0.3), (0.6, 0.3), (0.6, 0.7)]:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(60)
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(500)
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.7)
    page.wait_for_timeout(60)
    page.mouse.dblclick(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.7)
    first = drawing.get_by_label("Corner 1 of 4", exact=False)
    first.wait_for()
    page.wait_for_timeout(800)
    now, box = (
        first.bounding_box(),
        drawing.locator("[data-map]").bounding_box(),
    )  # the page may have scrolled
    assert now
    assert box
    assert abs(now["x"] + now["width"] / 2 - box["x"] - box["width"] * 0.35) < 4
    assert abs(now["y"] + now["height"] / 2 - box["y"] - box["height"] * 0.3) < 4


def test_a_corner_moves_by_keys_and_comes_back(page: Page, drawing: Locator) -> None:
    before = corners(page)
    corner = drawing.get_by_label("Corner 2 of 4", exact=False)
    corner.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowUp")
    assert page.evaluate("document.activeElement.dataset.handle") == "corner-1"
    after = corners(page)
    assert after[1] != before[1]
    assert [after[0], *after[2:]] == [before[0], *before[2:]]
    drawing.get_by_label("Undo").click()
    assert corners(page) == before


@pytest.mark.parametrize("by_key", [True, False])
def test_keys_move_a_corner_a_little_right_after_a_far_place_was_typed(
    page: Page, drawing: Locator, by_key: bool
) -> None:
    page.get_by_text("Enter the corners as text instead").click()
    text = "40.10, -100.33\n40.10, -100.32\n40.11, -100.32\n40.11, -100.33"
    page.fill("#sg_area", "" if by_key else text)
    if by_key:
        page.locator("#sg_area").press_sequentially(text)
    drawing.get_by_label("Corner 1 of 4", exact=False).focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30)
    (lat, lon), *_ = corners(page)
    assert lat == pytest.approx(40.10, abs=0.001)
    assert -100.33 < lon < -100.30


def test_corners_are_added_and_removed(page: Page, drawing: Locator) -> None:
    drawing.get_by_label("Add a corner between 1 and 2").click()
    assert len(corners(page)) == 5
    drawing.get_by_label("Corner 2 of 5", exact=False).focus()
    page.keyboard.press("Delete")
    assert len(corners(page)) == 4
    drawing.get_by_label("Corner 1 of 4", exact=False).focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    assert len(corners(page)) == 3


def test_a_corner_is_dragged(page: Page, drawing: Locator) -> None:
    before = corners(page)
    box = drawing.get_by_label("Corner 3 of 4", exact=False).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y + 30, steps=4)
    page.mouse.up()
    assert corners(page)[2] != before[2]
    assert page.evaluate("told.length") == 1


def test_text_and_map_follow_each_other(page: Page, drawing: Locator) -> None:
    page.get_by_text("Enter the corners as text instead").click()
    page.fill("#sg_area", "44.10, -89.33\n44.10, -89.32\n44.11, -89.32")
    assert drawing.locator("[data-map-area]").inner_text() == "0.17"
    drawing.get_by_label("Corner 3 of 3", exact=False).wait_for()
    page.fill("#sg_area", "44.10, -89.33\nsomewhere")
    assert drawing.locator("[data-map-line]").inner_text() == "Line 2 of the corners cannot be read"
    drawing.get_by_label("Remove the area").click()
    assert corners(page) == []
    drawing.get_by_label("Start with a square", exact=False).click()
    assert drawing.locator("[data-map-area]").inner_text() == "0.20"


def test_a_lamp_is_put_and_moved(page: Page, site: str) -> None:
    page.goto(f"{site}/pick/")
    figure = page.locator("[data-mounted~=map-pick]")
    figure.wait_for()
    figure.locator("canvas").first.click(position={"x": 120, "y": 120})
    first = page.input_value("#sg_place_0"), page.input_value("#sg_place_1")
    assert all(re.fullmatch(r"-?\d+\.\d{6}", value) for value in first)
    figure.locator("button.map-lamp").focus()
    page.keyboard.press("ArrowUp")
    assert float(page.input_value("#sg_place_0")) > float(first[0])
    page.locator("#sg_direction").first.fill("180")
    assert "rotate(180)" in (figure.locator(".m-cone").get_attribute("transform") or "")


def test_where_nothing_says_where_to_look_the_town_is_shown(page: Page, site: str) -> None:
    page.goto(f"{site}/pick/?empty=1")
    figure = page.locator("[data-mounted~=map-pick]")
    figure.wait_for()
    page.wait_for_timeout(800)
    figure.locator("canvas").first.click()
    assert abs(float(page.input_value("#sg_place_0")) - 44.1) < 0.02
    assert abs(float(page.input_value("#sg_place_1")) + 89.33) < 0.02


def test_without_webgl_the_text_still_works(plain_browser: Browser, site: str) -> None:
    context = plain_browser.new_context(viewport={"width": 390, "height": 900}, locale="en-US")
    page = context.new_page()
    page.goto(f"{site}/draw/")
    page.get_by_text("This browser cannot draw the map. Enter the corners as text below.").wait_for()
    page.fill("#sg_area", "44.10, -89.33\n44.10, -89.32\n44.11, -89.32")
    assert page.locator("[data-map-area]").inner_text() == "0.17"
    assert page.get_by_label("Draw a new area").is_hidden()
    context.close()


def test_colors_follow_the_scheme(page: Page, drawing: Locator) -> None:
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(300)
    light = drawing.locator("[data-map]").screenshot()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(600)
    assert drawing.locator("[data-map]").screenshot() != light


def test_an_area_is_drawn_by_touch_on_a_phone(browser: Browser, site: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    page = context.new_page()
    page.goto(f"{site}/draw/")
    figure = page.locator(STARTED)
    figure.wait_for()
    figure.get_by_label("Draw a new area").tap()
    box = figure.locator("[data-map]").bounding_box()
    assert box
    for x, y in [(0.2, 0.3), (0.6, 0.3), (0.6, 0.7), (0.2, 0.7), (0.2, 0.3)]:
        page.touchscreen.tap(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(350)
    figure.get_by_label("Corner 4 of 4", exact=False).wait_for()
    assert len(corners(page)) == 4
    context.close()
