"""The style guide: every component without a violation, without an outside request, at every width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.browser.ui.conftest import watched


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_nothing_is_amiss(browser: Browser, site: str, width: int, scheme: str) -> None:
    # axe is put into the page, which the page's own policy forbids to anyone else
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, locale="en-US"
    )
    page = context.new_page()
    found = watched(page, site)
    page.goto(f"{site}/styleguide/")
    for name in ("map-draw", "map-pick"):
        page.locator(f"[data-mount={name}]").scroll_into_view_if_needed()
        page.wait_for_selector(f"[data-mounted~={name}]")
    assert page.locator("[data-mount-failed]").count() == 0
    assert found == []
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 820, 1920])
def test_nothing_sticks_out(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/styleguide/")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()


def test_every_target_can_be_hit(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/styleguide/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input:not([type=radio], [type=checkbox]), summary, .nav a, .answer')]
          .filter(e => e.checkVisibility())
          .map(e => [e.className || e.id || e.tagName, e.getBoundingClientRect()])
          .filter(([, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert [each for each in small if not each.startswith(("map-middle", "map-whole"))] == []
    context.close()


def test_the_type_is_the_packages_own(page, site: str) -> None:
    page.goto(f"{site}/styleguide/")
    assert page.evaluate("document.fonts.ready.then(f => [...f].some(face => face.status === 'loaded'))")
    assert "Atkinson Hyperlegible Next Variable" in page.evaluate(
        "getComputedStyle(document.body).fontFamily"
    )


def test_the_choice_of_dark_stays(page, site: str) -> None:
    page.goto(f"{site}/styleguide/")
    page.get_by_text("Dark", exact=True).click()
    light = page.evaluate("getComputedStyle(document.body).color")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).color") == light
    page.get_by_text("As the device", exact=True).click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None
