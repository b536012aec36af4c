"""A sheet to draw on: flat, smooth-edged shapes in numpy, in units of a picture 320 wide and 180 high."""

from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from porchlight.demo.scenes.color import Color

UNITS_WIDE: Final = 320
UNITS_HIGH: Final = 180
SUB: Final = 4

Plane = NDArray[np.float32]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
Curve = Callable[[Any], Any]


class Sheet:
    """A rectangle of the picture; `scale` is pixels a unit, `left` and `top` where it lies, in pixels.

    Color is premultiplied: light without cover (`glow`) adds to what lies below.
    """

    def __init__(self, rgb: Plane, cover: Plane, scale: float, left: int = 0, top: int = 0) -> None:
        self.rgb, self.cover, self.scale, self.left, self.top = rgb, cover, scale, left, top

    @classmethod
    def clear(cls, box: Box, scale: float) -> "Sheet":
        """An empty, see-through sheet over a box of units (left, top, right, bottom)."""
        left, top = floor(box[0] * scale), floor(box[1] * scale)
        wide, high = ceil(box[2] * scale) - left, ceil(box[3] * scale) - top
        shape = (max(high, 1), max(wide, 1))
        return cls(np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32), scale, left, top)

    def part(self, box: Box) -> "Sheet":
        """A copy of the part of this sheet under a box of units, cut at the edges."""
        high, wide = self.cover.shape
        left, right = (int(np.clip(x * self.scale - self.left, 0, wide)) for x in (box[0], box[2] + 1))
        top, bottom = (int(np.clip(y * self.scale - self.top, 0, high)) for y in (box[1], box[3] + 1))
        window = (slice(top, bottom), slice(left, right))
        rgb, cover = self.rgb[window].copy(), self.cover[window].copy()
        return Sheet(rgb, cover, self.scale, self.left + left, self.top + top)

    def lay(self, other: "Sheet", opacity: float = 1) -> None:
        """Lay another sheet of the same scale over this one."""
        high, wide = self.cover.shape
        x, y = other.left - self.left, other.top - self.top
        x0, y0 = max(x, 0), max(y, 0)
        x1, y1 = min(x + other.cover.shape[1], wide), min(y + other.cover.shape[0], high)
        if x0 >= x1 or y0 >= y1:
            return
        mine = (slice(y0, y1), slice(x0, x1))
        theirs = (slice(y0 - y, y1 - y), slice(x0 - x, x1 - x))
        left_over = 1 - other.cover[theirs] * opacity
        self.rgb[mine] = self.rgb[mine] * left_over[..., None] + other.rgb[theirs] * opacity
        self.cover[mine] = 1 - (1 - self.cover[mine]) * left_over

    def polygon(self, points: Sequence[Point], color: Color, opacity: float = 1) -> None:
        """A filled polygon."""
        xy = np.array(points, np.float64) * self.scale - (self.left, self.top)
        window = self._window(xy[:, 0].min(), xy[:, 1].min(), xy[:, 0].max(), xy[:, 1].max())
        if window:
            x0, y0, x1, y1 = window
            self._ink(window, polygon_cover(xy - (x0, y0), x1 - x0, y1 - y0) * np.float32(opacity), color)

    def stroke(
        self, a: Point, b: Point, radius: float, color: Color, end: float | None = None, opacity: float = 1
    ) -> None:
        """A line with round ends, from `radius` to `end` thick."""
        (ax, ay), (bx, by) = self._pixel(a), self._pixel(b)
        r0, r1 = radius * self.scale, (radius if end is None else end) * self.scale
        reach = max(r0, r1) + 1
        window = self._window(
            min(ax, bx) - reach, min(ay, by) - reach, max(ax, bx) + reach, max(ay, by) + reach
        )
        if not window:
            return
        x, y = grid(window)
        dx, dy = bx - ax, by - ay
        along = np.clip(((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-6), 0, 1)
        far = np.hypot(x - ax - along * dx, y - ay - along * dy) - (r0 + (r1 - r0) * along)
        self._ink(window, np.clip(0.5 - far, 0, 1) * np.float32(opacity), color)

    def ellipse(self, at: Point, rx: float, ry: float, color: Color, opacity: float = 1) -> None:
        (cx, cy), rx, ry = self._pixel(at), rx * self.scale, ry * self.scale
        window = self._window(cx - rx - 1, cy - ry - 1, cx + rx + 1, cy + ry + 1)
        if window:
            x, y = grid(window)
            far = (np.hypot((x - cx) / rx, (y - cy) / ry) - 1) * min(rx, ry)
            self._ink(window, np.clip(0.5 - far, 0, 1) * np.float32(opacity), color)

    def rounded(self, box: Box, radius: float, color: Color, opacity: float = 1) -> None:
        """A rectangle with round corners."""
        (x0, y0), (x1, y1) = self._pixel(box[:2]), self._pixel(box[2:])
        r = radius * self.scale
        window = self._window(x0 - 1, y0 - 1, x1 + 1, y1 + 1)
        if window:
            x, y = grid(window)
            dx = np.abs(x - (x0 + x1) / 2) - (x1 - x0) / 2 + r
            dy = np.abs(y - (y0 + y1) / 2) - (y1 - y0) / 2 + r
            far = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0)) + np.minimum(np.maximum(dx, dy), 0) - r
            self._ink(window, np.clip(0.5 - far, 0, 1) * np.float32(opacity), color)

    def band(
        self, top: Curve, bottom: Curve, color: Color, below: Color | None = None, opacity: float = 1
    ) -> None:
        """Everything between two curves y(x), from side to side; `below` is the color at its lower edge."""
        high, wide = self.cover.shape
        window = (0, 0, wide, high)
        x, y = grid(window)
        units = (x + self.left) / self.scale
        over, under = top(units) * self.scale - self.top, bottom(units) * self.scale - self.top
        cover = np.clip(y - over + 0.5, 0, 1) * np.clip(under - y + 0.5, 0, 1) * np.float32(opacity)
        rows = np.nonzero(cover.any(axis=1))[0]
        if not len(rows):
            return
        first, last = int(rows[0]), int(rows[-1]) + 1
        share = np.clip((y - over) / np.maximum(under - over, 1e-3), 0, 1)[first:last, :, None]
        ink: Any = color if below is None else np.array(color) * (1 - share) + np.array(below) * share
        self._ink((0, first, wide, last), cover[first:last], ink)

    def band_in(self, box: Box, color: Color, opacity: float) -> None:
        """A box that fades in from its top to its lower edge."""
        (x0, y0), (x1, y1) = self._pixel(box[:2]), self._pixel(box[2:])
        window = self._window(x0, y0, x1 - 1, y1 - 1)
        if window:
            _, y = grid(window)
            share = np.clip((y - y0) / max(y1 - y0, 1), 0, 1) * np.float32(opacity)
            self._ink(window, np.broadcast_to(share, (share.shape[0], window[2] - window[0])), color)

    def glow(self, at: Point, rx: float, ry: float, color: Color, strength: float) -> None:
        """Soft light that adds to what is there and ends at the rim of the ellipse."""
        (cx, cy), rx, ry = self._pixel(at), rx * self.scale, ry * self.scale
        window = self._window(cx - rx, cy - ry, cx + rx, cy + ry)
        if window:
            x, y = grid(window)
            near = np.clip(1 - np.hypot((x - cx) / rx, (y - cy) / ry), 0, 1)
            light = (near * near * (3 - 2 * near) * strength).astype(np.float32)
            x0, y0, x1, y1 = window
            self.rgb[y0:y1, x0:x1] += light[..., None] * np.array(color, np.float32)

    def _pixel(self, at: Sequence[float]) -> Point:
        return at[0] * self.scale - self.left, at[1] * self.scale - self.top

    def _window(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int] | None:
        high, wide = self.cover.shape
        left, right = max(0, floor(x0)), min(wide, ceil(x1) + 1)
        top, bottom = max(0, floor(y0)), min(high, ceil(y1) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _ink(self, window: tuple[int, int, int, int], cover: NDArray[Any], color: Any) -> None:
        x0, y0, x1, y1 = window
        cover = cover.astype(np.float32, copy=False)
        left_over = 1 - cover
        rgb = self.rgb[y0:y1, x0:x1]
        rgb *= left_over[..., None]
        rgb += cover[..., None] * np.asarray(color, np.float32)
        self.cover[y0:y1, x0:x1] = 1 - (1 - self.cover[y0:y1, x0:x1]) * left_over


def grid(window: tuple[int, int, int, int]) -> tuple[Plane, Plane]:
    """The middles of a window's pixels: x as a row, y as a column."""
    x0, y0, x1, y1 = window
    return (
        (np.arange(x0, x1, dtype=np.float32) + np.float32(0.5))[None, :],
        (np.arange(y0, y1, dtype=np.float32) + np.float32(0.5))[:, None],
    )


def polygon_cover(xy: NDArray[np.float64], wide: int, high: int) -> Plane:
    """How much of each pixel a polygon covers, by 4 × 4 samples a pixel; overlaps count once."""
    change = np.zeros((high * SUB, wide * SUB + 1), np.int8)
    for (x0, y0), (x1, y1) in zip(xy, np.roll(xy, -1, axis=0), strict=True):
        low, top = sorted((y0, y1))
        rows = np.arange(max(0, ceil(low * SUB - 0.5)), min(high * SUB, ceil(top * SUB - 0.5)))
        if not len(rows):
            continue
        x = x0 + ((rows + 0.5) / SUB - y0) * (x1 - x0) / (y1 - y0)
        columns = np.clip(np.ceil(x * SUB - 0.5), 0, wide * SUB).astype(np.intp)
        change[rows, columns] += 1 if y1 > y0 else -1
    inside = (np.cumsum(change[:, :-1], axis=1, dtype=np.int8) != 0).view(np.uint8)
    by_column = sum(inside[:, k::SUB] for k in range(1, SUB)) + inside[:, ::SUB]
    by_row = sum(by_column[k::SUB] for k in range(1, SUB)) + by_column[::SUB]
    covered: Plane = by_row.astype(np.float32) / np.float32(SUB * SUB)
    return covered
