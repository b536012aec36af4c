"""A person at a browser: a window that is watched for what it complains about and whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from tests.browser.job.town import Town

from porchlight.walkthrough.person import PASSWORD

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
SLOW_MS = 60_000
_OURS = {"", "localhost", "agency.localhost", "review.localhost", "operator.localhost"}
_PHONE_PX = 600
_REFUSED = "status of 422"
_STANDS = """() => ({
  marks: [...document.querySelectorAll('[data-mount]')].map(e => [e.dataset.mount, e.dataset.mounted, e.dataset.mountFailed]),
  worker: navigator.serviceWorker?.controller?.state, unfinished: performance.getEntriesByType('resource')
    .filter(e => e.responseEnd === 0).map(e => e.name),
})"""


class Desk:
    """One person on one side.

    `complaints` holds errors, broken policies and requests to anyone else. `refusals` counts what the browser itself
    writes down for a page or an answer that says what is to be changed (422).
    """

    def __init__(self, town: Town, context: BrowserContext, side: str) -> None:
        self.town, self.context, self.side = town, context, side
        self.complaints: list[str] = []
        self.refusals = 0
        context.set_default_timeout(SLOW_MS)
        expect.set_options(timeout=SLOW_MS)
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", self._watch)
        self.page = context.new_page()

    def open(self, path: str) -> Page:
        """Go to a path of this side."""
        self.page.goto(self.town.url(self.side) + path)
        return self.page

    def sign_in(self, key: str) -> None:
        """By the page that asks: password, and the second step where there is one."""
        person, page = self.town.person(key), self.page
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        if person.totp_secret:
            page.wait_for_selector("h1:has-text('Is it you?')")
            page.locator("form.stack [name=code]").fill(person.code())
            page.get_by_role("button", name="Go on").click()
        page.wait_for_url(lambda url: "/account/" not in url)

    def take_over(self, key: str) -> None:
        """Go on where the person's other window is signed in."""
        jar = self.town.person(key).client.cookies.jar
        url = self.town.url(self.side)
        self.context.add_cookies([{"name": each.name, "value": each.value or "", "url": url} for each in jar])

    def look(self) -> None:
        """What an accessibility check says of this page as it stands: nothing."""
        page = self.page
        page.wait_for_load_state("load")
        page.evaluate(AXE)
        found = page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
        )
        told = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
        assert told == [], f"{page.url}: {told}"
        fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert fits, f"{page.url} is wider than the window"

    def account(self) -> str:
        """For a test that failed: where each page stands, what of it never started, and what it said."""
        lines = [f"complaints: {self.complaints}"]
        for page in self.context.pages:
            try:
                lines.append(f"{page.url}: {page.evaluate(_STANDS)}")
            except Error as error:
                lines.append(f"{page.url}: {error}")
        return "\n".join(lines)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._said(page, said.text) if said.type == "error" else None)

    def _said(self, page: Page, text: str) -> None:
        if _REFUSED in text:
            self.refusals += 1
        else:
            self.complaints.append(f"{page.url}: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and (
            parts.hostname not in _OURS or parts.port != self.town.scene.platform.port
        ):
            self.complaints.append(f"asked {url}")


@contextmanager
def desk(browser: Browser, town: Town, side: str, width: int) -> Iterator[Desk]:
    """A window of its own with nothing in it; at its end it has not complained and asked nobody else."""
    phone = width < _PHONE_PX
    context = browser.new_context(
        viewport={"width": width, "height": 844 if phone else 900},
        has_touch=phone,
        is_mobile=phone,
        locale="en-US",
        timezone_id="America/Los_Angeles",
        accept_downloads=True,
    )
    sitting = Desk(town, context, side)
    try:
        yield sitting
    except BaseException as error:
        error.add_note(sitting.account())
        raise
    finally:
        context.close()
    assert sitting.complaints == [], "\n".join(sitting.complaints)
