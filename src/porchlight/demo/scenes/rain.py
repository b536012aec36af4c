"""Rain beyond the porch, and drops from the edge of its roof."""

import numpy as np
from numpy.typing import NDArray

from porchlight.demo.scenes.sheet import UNITS_WIDE, Sheet, grid
from porchlight.demo.scenes.street import PORCH, ground

DROPS, SPLASHES, DRIPS = 210, 46, 15
SLANT = -0.09
TINT = (0.9, 1.0, 1.04)

Many = NDArray[np.float64]


class Rain:
    """The same seed gives the same rain; it falls only where the sky is open."""

    def __init__(self, before: Sheet, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self._scale = before.scale
        high, wide = before.cover.shape
        x, y = grid((0, 0, wide, high))
        edge = ground(PORCH, 2.2)(x / self._scale) * self._scale
        roof = (14 + 8.5 * (1 - ((x / self._scale - 160) / 160) ** 2)) * self._scale
        self._open = ((1 - before.cover) * (y < edge) * (y > roof)).astype(np.float32)
        self._drops = rng.random((DROPS, 4))
        self._drips = rng.random((DRIPS, 2))
        self._seed = seed

    def fall(self, picture: NDArray[np.uint8], at_s: float) -> None:
        """Add the rain of one moment to a picture."""
        x, y, near, phase = self._drops.T
        down = (y * 200 + (at_s + phase) * (150 + 170 * near)) % 200 - 14
        self._streaks(picture, x * (UNITS_WIDE + 30) + down * SLANT, down, 5 + 9 * near, 18 + 30 * near)
        x, phase = self._drips.T
        fallen = ((at_s * 0.9 + phase) % 1) ** 2 * 150
        self._streaks(picture, 46 + x * 270, 21 + fallen, np.full(DRIPS, 4.5), np.full(DRIPS, 62.0))
        x, y = np.random.default_rng((self._seed, round(at_s * 1000))).random((2, SPLASHES))
        self._dots(picture, x * UNITS_WIDE, 99 + 54 * y, 0.5 + y)

    def _streaks(self, picture: NDArray[np.uint8], x: Many, y: Many, long: Many, strength: Many) -> None:
        """Thin slanted lines that start at (x, y), all in units."""
        steps = np.arange(round(14 * self._scale) + 1)[None, :]
        drawn = steps < long[:, None] * self._scale
        rows = (y[:, None] * self._scale + steps).astype(np.intp)
        columns = (x[:, None] * self._scale + steps * SLANT).astype(np.intp)
        fade = strength[:, None] * np.sin(np.pi * np.minimum(steps / (long[:, None] * self._scale), 1))
        self._add(picture, rows[drawn], columns[drawn], fade[drawn])

    def _dots(self, picture: NDArray[np.uint8], x: Many, y: Many, half: Many) -> None:
        """Short level strokes where a drop meets the ground."""
        steps = np.arange(-round(1.5 * self._scale), round(1.5 * self._scale) + 1)[None, :]
        drawn = np.abs(steps) < half[:, None] * self._scale
        rows = np.broadcast_to((y[:, None] * self._scale).astype(np.intp), drawn.shape)
        columns = (x[:, None] * self._scale + steps).astype(np.intp)
        self._add(picture, rows[drawn], columns[drawn], np.full(drawn.sum(), 44.0))

    def _add(
        self, picture: NDArray[np.uint8], rows: NDArray[np.intp], columns: NDArray[np.intp], light: Many
    ) -> None:
        high, wide = picture.shape[:2]
        inside = (columns >= 0) & (columns < wide - 1) & (rows >= 0) & (rows < high)
        rows, columns, light = rows[inside], columns[inside], light[inside]
        for side, share in ((0, 1.0), (1, 0.55)):
            more = self._open[rows, columns + side] * light * share
            here = picture[rows, columns + side].astype(np.float32)
            picture[rows, columns + side] = np.minimum(here + more[:, None] * TINT, 255).astype(np.uint8)
