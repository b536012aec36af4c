"""First frame, seeks and bytes of a clip through the service worker, beside the plain file from the same server."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.measured import Figure
from bench.playback.film import film
from bench.playback.household import WORDS, Household, household
from bench.playback.line import Line, line

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
_SECONDS, _BITS_PER_S = 90, 8_000_000
_ROUNDS = 9
_SEEKS_S = (62, 11, 80, 37, 5)
_DELAYS_MS = (0, 100)
_SETTLES_S = 1.0
_LOOKS_S = 1.0  # before anybody presses Play
_LATER_MS = 30.0

# From the press of the button to the first picture, then each seek to its picture. `plain` is the peer's address; the
# peer gets the same element as the page makes, at the press of a button too.
_PLAY = """async ([id, plain, seeks]) => {
  const place = document.querySelector(`[data-clip-place="${id}"]`);
  const button = place.querySelector("button");
  if (plain) button.addEventListener("click", (event) => {
    event.stopImmediatePropagation();
    const box = document.createElement("div");
    box.className = "player";
    const video = document.createElement("video");
    Object.assign(video, { controls: true, playsInline: true, preload: "metadata" });
    box.append(video);
    button.replaceWith(box);
    video.src = plain;
    video.focus();
  }, { capture: true });
  const made = new Promise((resolve) => {
    new MutationObserver(() => {
      const video = place.querySelector("video");
      if (video) resolve(video);
    }).observe(place, { childList: true, subtree: true });
  });
  const picture = (video) => new Promise((resolve, reject) => {
    video.requestVideoFrameCallback(() => resolve(performance.now()));
    video.addEventListener("error", () => reject(new Error(video.error.message)), { once: true });
  });
  const began = performance.now();
  button.click();
  const video = await made;
  const first = (await picture(video)) - began;
  const sought = [];
  for (const to of seeks) {
    const shown = picture(video);
    const asked = performance.now();
    video.currentTime = to;
    sought.push((await shown) - asked);
  }
  return [first, sought];
}"""
_SHOWN = "() => document.querySelectorAll('[data-clip-place] button').length >= 2"


@dataclass
class Taken:
    """Milliseconds and bytes of one way of playing at one delay, a value a round."""

    first: list[float] = field(default_factory=list)
    seek: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)


def run() -> Iterator[Figure]:
    """Medians of all rounds; sealed and plain take turns."""
    with tempfile.TemporaryDirectory() as name:
        made = film(Path(name) / "film.mp4", seconds=_SECONDS, bits_per_s=_BITS_PER_S)
        size_mb = made.stat().st_size / 1e6
        with household(Path(name), made) as home, line(home.port) as way, _page(home, way) as page:
            for delay in _DELAYS_MS:
                way.delay(delay)
                own, peer = Taken(), Taken()
                for number in range(-1, _ROUNDS):  # one to warm up
                    for sealed in (True, False) if number % 2 else (False, True):
                        taken = own if sealed else peer
                        _play(page, home, way, sealed, number, Taken() if number < 0 else taken)
                yield from _beside(own, peer, delay, size_mb)


def _beside(own: Taken, peer: Taken, delay: int, size_mb: float) -> Iterator[Figure]:
    at = f" at {delay} ms added round trip" if delay else ""
    what = f"the plain file of {size_mb:.0f} MB from the same server"
    for name, unit, kind, more in (
        ("first-frame", f"ms to the first frame{at}", "first", _LATER_MS),
        ("seek", f"ms for a seek{at}", "seek", _LATER_MS),
        ("fetched", f"MB fetched{at}", "fetched", 0.0),
    ):
        values: tuple[list[float], list[float]] = getattr(own, kind), getattr(peer, kind)
        value, peer_value = map(statistics.median, values)
        details = {
            "own": [round(each, 2) for each in values[0]],
            "peer": [round(each, 2) for each in values[1]],
        }
        full = f"playback-{name}{f'-{delay}ms' if delay else ''}"
        yield Figure(full, unit, value, what, peer_value, at_most_more=more, details=details)


def _play(page: Page, home: Household, way: Line, sealed: bool, number: int, taken: Taken) -> None:  # noqa: FBT001, PLR0917 - one round
    before = way.down
    page.goto(f"http://localhost:{way.port}/clips/")
    deadline = time.monotonic() + 60
    while not page.evaluate(_SHOWN):
        assert time.monotonic() < deadline, "the clips did not open"
        page.wait_for_timeout(50)
    page.wait_for_timeout(_LOOKS_S * 1000)
    if not sealed:
        before = way.down  # ours counts what its page asks for ahead, and the page itself
    plain = "" if sealed else f"/clips/{home.plain}/sealed?round={number}-{way.port}"
    first, sought = page.evaluate(_PLAY, [home.sealed, plain, list(_SEEKS_S)])
    page.wait_for_timeout(_SETTLES_S * 1000)
    taken.first.append(first)
    taken.seek.extend(sought)
    taken.fetched.append((way.down - before) / 1e6)


@contextmanager
def _page(home: Household, way: Line) -> Iterator[Page]:
    """A window of the household's own, its key unlocked."""
    address = f"http://localhost:{way.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies(
            [
                {"name": each.name, "value": each.value or "", "url": address}
                for each in home.person.client.cookies.jar
            ]
        )
        page = context.new_page()
        page.goto(f"{address}/keys/")
        page.locator("[data-mounted~=unlock-key]").wait_for()
        page.fill("[data-words]", WORDS)
        page.get_by_role("button", name="Unlock", exact=True).click()
        page.get_by_text("Your key is unlocked in this browser.").first.wait_for()
        yield page
        browser.close()
