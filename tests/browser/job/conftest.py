"""A platform of real processes with the people of the main job in place, and Debian's Chromium."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.job.town import Town, prepared

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
]


@pytest.fixture(scope="session")
def town(backend: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One installation for all tests of the job; each test has its own case and its own hours."""
    directory = tmp_path_factory.mktemp("job")
    with prepared(directory, backend.installation(directory / "instance" / "data")) as town:
        yield town


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()
