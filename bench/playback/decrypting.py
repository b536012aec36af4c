"""Opening 300 MB in the browser, beside typage in the same page; and what must be refused is refused by both ciphers."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.measured import Figure
from bench.needs import Missing
from bench.playback.playing import FLAGS
from bench.playback.vault_page import ROOT, vault_page

_MEGABYTES = 300
_ROUNDS = 3
_LEAST = 2.5  # times typage's speed
_LOADED = "() => window.vault !== undefined"


def run() -> Iterator[Figure]:
    """Medians of rounds in which both take turns. Raises Missing if a malformed payload is opened."""
    with (
        tempfile.TemporaryDirectory() as name,
        vault_page(Path(name)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        page.goto(address)
        while not page.evaluate(_LOADED):
            page.wait_for_timeout(50)
        refused = _all_refused(page)
        taken = page.evaluate(
            "([size, rounds]) => vault.race(size, rounds)", [_MEGABYTES * 1_000_000, _ROUNDS]
        )
        native = page.evaluate("vault.hasNativeCipher")
        browser.close()
    own, peer = (_MEGABYTES / statistics.median(taken[each]) for each in ("own", "typage"))
    yield Figure(
        "playback-opening",
        "MB/s opened in the browser",
        own,
        f"typage on the same {_MEGABYTES} MB in the same page",
        peer,
        at_least=_LEAST,
        details={"native_cipher": native, "malformed_refused_by_both_ciphers": refused, **taken},
    )


def _all_refused(page: Page) -> int:
    """The number of malformed payloads, each refused by the browser's cipher and by the one in JavaScript."""
    vector: Any = json.loads((ROOT / "tests/vectors/payloads.json").read_text())
    expected = [case.get("plain_sha256", "tampered") for case in vector["cases"]]
    for native in (True, False):
        results = page.evaluate(
            "([vector, cases, native]) => vault.openAll(vector, cases, native)",
            [vector, vector["cases"], native],
        )
        if results != [[code, code] for code in expected]:
            raise Missing(
                f"payloads.json is opened or refused otherwise than it says, native cipher {native}"
            )
    return expected.count("tampered")
