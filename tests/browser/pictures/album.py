"""Pictures as small files, and the page that lists them with a text for each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[3]
ALBUM = ROOT / "docs" / "pictures"
INDEX = ALBUM / "README.md"
PHONE, DESK = 390, 1280
_COLORS = 96
_TALLEST = 3600
_MAP_TRIES = 100
_SIDES = {
    "resident": "Residents and public",
    "agency": "Agency portal",
    "review": "Review desk",
    "operator": "Operator console",
}


@dataclass(frozen=True)
class Picture:
    """One page in one state, with the heading that it bears; `themes` says in which it was taken."""

    side: str
    route: str
    state: str
    heading: str
    themes: tuple[str, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """An error is shown on a phone: on a desk it has more room, and the same words."""
        return (PHONE,) if self.state == "error" else (DESK, PHONE)

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.side, self.route.replace("_", "-"), self.state) if part)

    def file(self, width: int, theme: str) -> str:
        return f"{self.name}-{width}{'-dark' if theme == 'dark' else ''}.webp"

    def alt(self, width: int, theme: str) -> str:
        where = "on a phone" if width == PHONE else "on a desktop"
        state = {
            "": "",
            "new": ", before anything is there",
            "error": ", with what to change",
            "change": ", being changed",
            "moved": ", asked about before it is changed",
        }
        return f"{_SIDES[self.side]}: “{self.heading}” {where}, {theme}{state.get(self.state, '')}"


def take(page: Page, picture: Picture) -> None:
    """Save what stands in the window, on phone and desk, as a whole page."""
    for width in picture.widths:
        for theme in picture.themes:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 844 if width == PHONE else 900})
            page.wait_for_timeout(60)
            tall = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(tall, _TALLEST)})
            _settle(page)
            save(page.screenshot(animations="disabled"), ALBUM / picture.file(width, theme))


def save(png: bytes, path: Path) -> None:
    """A picture of few colors, each dot kept: a quarter of the size, and the same bytes for the same picture."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    few = picture.quantize(_COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.convert("RGB").save(path, "WEBP", lossless=True, quality=80)


def _settle(page: Page) -> None:
    """Maps have drawn, pictures are there, nothing has the focus."""
    page.evaluate("document.activeElement?.blur()")
    maps = page.locator("[data-mount*=map-]:visible").count()
    if maps:
        started = page.locator("[data-mounted*=map-], [data-mount-failed*=map-]")
        for _ in range(_MAP_TRIES):
            if started.count() >= maps:
                break
            page.wait_for_timeout(200)
        page.wait_for_timeout(1500)
    page.wait_for_timeout(120)


def index(pictures: list[Picture]) -> str:
    """The album as a page."""
    return "\n".join(_lines(pictures)) + "\n"


def _lines(pictures: list[Picture]) -> Iterator[str]:
    yield "# Pictures of every page"
    yield ""
    yield "`make pictures` fills an instance with the demo town and takes them anew. All people and cases are made up."
    yield "A page's name is that of its side and route; `error` shows a form that was refused, `new` an account's first day."
    for side, title in _SIDES.items():
        own = sorted((each for each in pictures if each.side == side), key=lambda each: each.name)
        if not own:
            continue
        yield ""
        yield f"## {title}"
        for picture in own:
            yield ""
            yield f"### {picture.name.removeprefix(side + '-')}: {picture.heading}"
            yield ""
            shots = [(width, theme) for width in picture.widths for theme in picture.themes]
            for width, theme in shots:
                yield f"![{picture.alt(width, theme)}]({picture.file(width, theme)})"
