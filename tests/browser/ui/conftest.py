"""A server for the components' own site, and Debian's Chromium."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SITE = {
    "ROOT_URLCONF": "tests.browser.ui.site",
    "MIDDLEWARE": ["django.middleware.csrf.CsrfViewMiddleware", "tests.browser.ui.site.PolicyMiddleware"],
    "ALLOWED_HOSTS": ["localhost"],
    "DEBUG": False,
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the components' site."""
    with override_settings(**SITE):
        thread = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
        thread.daemon = True
        thread.start()
        assert thread.is_ready.wait(60)
        if thread.error:
            raise thread.error
        yield f"http://localhost:{thread.port}"
        thread.terminate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(chromium: Playwright) -> Iterator[Browser]:
    browser = chromium.chromium.launch(
        executable_path="/usr/bin/chromium", args=[*FLAGS, "--enable-unsafe-swiftshader"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def plain_browser(chromium: Playwright) -> Iterator[Browser]:
    """A browser without WebGL."""
    browser = chromium.chromium.launch(
        executable_path="/usr/bin/chromium", args=[*FLAGS, "--disable-3d-apis"]
    )
    yield browser
    browser.close()


def watched(page: Page, site: str) -> list[str]:
    """What the page complains about and what it asks of anyone else; empty when all is well."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(site) else found.append(request.url))
    return found


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that fails its test if it complained or asked an address outside the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    found = watched(page, site)
    yield page
    context.close()
    assert found == []
