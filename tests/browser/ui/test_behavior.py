"""What the page's small scripts do, and that a form works without them."""

from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.ui.site import SENT


def test_a_refused_form_begins_at_its_summary(page: Page, site: str) -> None:
    page.goto(f"{site}/form/")
    page.get_by_role("button", name="Send").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("There are 2 things to change")
    page.get_by_role("link", name="Case number:", exact=False).click()
    expect(page.locator("#id_case")).to_be_focused()
    page.get_by_role("link", name="Kind:", exact=False).click()
    expect(page.locator("#id_kind input").first).to_be_focused()
    described = page.locator("#id_case").get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text() == "This field is required."
    assert page.locator("#id_case").get_attribute("aria-invalid") == "true"


def test_a_double_click_sends_once(page: Page, site: str) -> None:
    SENT.clear()
    page.goto(f"{site}/form/")
    page.fill("#id_case", "AF-26-1")
    page.evaluate(
        "document.querySelector('form').addEventListener('submit', e => { window.sends = (window.sends ?? 0) + (e.defaultPrevented ? 0 : 1) })"
    )
    page.get_by_role("button", name="Send").dblclick()
    page.locator("[data-error-summary]").wait_for()
    assert len(SENT) == 1


def test_typing_is_checked_and_read_out_in_place(page: Page, site: str) -> None:
    page.goto(f"{site}/form/")
    page.evaluate("window.line = document.getElementById('line')")
    page.type("#id_case", "abcd", delay=20)
    expect(page.locator("#line")).to_have_text("Checked 4")
    expect(page.locator("#rows")).to_have_text("row 4")
    assert page.evaluate("window.line === document.getElementById('line')")
    assert page.locator("#gone").count() == 0


def test_a_check_that_fails_leaves_everything(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/form/")
    page.fill("#id_case", "broken")
    expect(page.locator("#line")).to_have_text("Not checked just now")
    assert page.input_value("#id_case") == "broken"
    page.close()


def test_characters_are_counted_as_the_server_counts(page: Page, site: str) -> None:
    page.goto(f"{site}/form/")
    expect(page.locator("#id_words-count")).to_have_text("0 of 20 characters")
    page.fill("#id_words", "äö😀\nx")
    expect(page.locator("#id_words-count")).to_have_text("5 of 20 characters")


def test_what_was_typed_survives_a_reload(page: Page, site: str) -> None:
    page.goto(f"{site}/form/")
    page.fill("#id_words", "half a sentence")
    page.reload()
    expect(page.locator("#id_words")).to_have_value("half a sentence")


def test_a_form_works_without_script(browser: Browser, site: str) -> None:
    SENT.clear()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/form/")
    page.fill("#id_case", "AF-26-1")
    page.get_by_role("button", name="Send").click()
    assert SENT[0]["case"] == "AF-26-1"
    expect(page.locator("[data-error-summary]")).to_be_visible()
    context.close()


def test_the_service_worker_takes_the_whole_side(page: Page, site: str) -> None:
    answer = page.request.get(f"{site}/sw.js")
    assert answer.ok
    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_script_that_did_not_come_is_asked_for_again(browser: Browser, site: str) -> None:
    """A line that breaks for a moment does not leave a page without what it is for."""
    context = browser.new_context()
    page, asked = context.new_page(), []

    def breaks_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/check_form-*.js", breaks_once)
    page.goto(f"{site}/form/")
    page.locator("[data-mounted~=check-form]").wait_for()
    assert len(asked) == 2
    context.close()
