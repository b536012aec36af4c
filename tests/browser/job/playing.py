"""What a person sees of a video: that it runs, and that it stands where it was wound to."""

import pytest
from playwright.sync_api import Page

_WAIT = """async ([at, state, time]) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const video = document.querySelector(at);
    if (video && video.readyState >= state && video.currentTime >= time) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}"""
_PLAY = """at => {
  const video = document.querySelector(at);
  video.muted = true;
  return Promise.race([video.play(), new Promise((_, reject) => setTimeout(() => reject(Error('it does not play')), 60000))]);
}"""
_WIND = """([at, to]) => new Promise((resolve, reject) => {
  const video = document.querySelector(at);
  video.pause();
  const where = () => [video.currentTime, video.readyState, video.videoWidth, video.duration];
  video.addEventListener('seeked', () => resolve(where()), {once: true});
  setTimeout(() => reject(Error(`not wound: ${where()}`)), 60000);
  video.currentTime = to;
})"""


def ready(page: Page, selector: str, state: int, time_s: float = 0) -> None:
    """Wait until a video has its index (1) or a picture (2) and stands at `time_s` or later.

    Playwright's own waiting is done with `eval`, which the page's policy forbids.
    """
    assert page.evaluate(_WAIT, arg=[selector, state, time_s]), f"{selector} on {page.url} did not get there"


def play_and_wind(page: Page, selector: str, *, to_s: float, seconds: float, width: int) -> None:
    """The video is decoded, moves while it plays, and stands where it was wound to."""
    ready(page, selector, 2)
    page.evaluate(_PLAY, arg=selector)
    ready(page, selector, 2, 0.3)
    place = page.evaluate(_WIND, arg=[selector, to_s])
    assert place[0] == pytest.approx(to_s, abs=0.2)
    assert place[1] >= 2
    assert place[2] == width
    assert place[3] == pytest.approx(seconds, abs=0.3)
