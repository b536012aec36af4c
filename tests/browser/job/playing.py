"""What a person sees of a video: that it runs, and that it stands where it was wound to."""

import pytest
from playwright.sync_api import Page


def play_and_wind(page: Page, selector: str, *, to_s: float, seconds: float, width: int) -> None:
    """The video is decoded, moves while it plays, and stands where it was wound to."""
    page.wait_for_function("at => document.querySelector(at)?.readyState >= 2", arg=selector)
    page.evaluate(
        "at => { const v = document.querySelector(at); v.muted = true; return v.play(); }", arg=selector
    )
    page.wait_for_function("at => document.querySelector(at).currentTime > 0.3", arg=selector)
    place = page.evaluate(
        """([at, to]) => new Promise((resolve) => {
          const v = document.querySelector(at);
          v.pause();
          v.addEventListener('seeked', () => resolve([v.currentTime, v.readyState, v.videoWidth, v.duration]), {once: true});
          v.currentTime = to;
        })""",
        arg=[selector, to_s],
    )
    assert place[0] == pytest.approx(to_s, abs=0.2)
    assert place[1] >= 2
    assert place[2] == width
    assert place[3] == pytest.approx(seconds, abs=0.3)
