"""What was typed comes back to whoever typed it, and to nobody else at the same window."""

from __future__ import annotations

import pytest
from tests.browser.every_page.stage import Stage
from tests.browser.every_page.visits import ROUTES, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
REPORT = Visit("resident", ROUTES["resident"]["request-report"], "home", ("asked",))
TYPED = "It asks for a whole street, and the facts are about one house."


def test_a_draft_outlives_the_page_and_not_the_person(stage: Stage) -> None:
    def act() -> dict[str, object]:
        window, found = stage.window("resident", "home", own=True), {}
        page = window.open(REPORT)
        page.wait_for_selector("[data-mounted~=draft]")
        page.locator("label.choice").nth(1).click()
        page.fill("[name=text]", TYPED)
        page = window.open(REPORT)
        page.wait_for_selector("[data-mounted~=draft]")
        found["again"] = page.input_value("[name=text]"), page.locator("[name=why]:checked").count()
        window.visitor = "housemate"
        page = window.open(REPORT)
        page.wait_for_selector("[data-mounted~=draft]")
        found["somebody else"] = page.input_value("[name=text]"), page.locator("[name=why]:checked").count()
        window.visitor = "home"
        page = window.open(REPORT)
        page.wait_for_selector("[data-mounted~=draft]")
        found["back"] = page.input_value("[name=text]")
        window.close()
        assert window.complaints == []
        return found

    assert stage.play(act) == {"again": (TYPED, 1), "somebody else": ("", 0), "back": ""}


def test_after_a_send_it_comes_back_when_asked_for(stage: Stage) -> None:
    def act() -> tuple[str, str]:
        window = stage.window("resident", "home", own=True)
        page = window.open(REPORT)
        page.wait_for_selector("[data-mounted~=draft]")
        page.fill("[name=text]", TYPED)
        page.evaluate("document.querySelector('form[data-mount~=draft]').dispatchEvent(new Event('submit'))")
        page = window.open(REPORT)
        page.wait_for_selector("[data-mounted~=draft]")
        before = page.input_value("[name=text]")
        page.locator("[data-draft-restore]").click()
        after = page.input_value("[name=text]")
        window.close()
        return before, after

    assert stage.play(act) == ("", TYPED)
