"""A porch with everything that stands still on it, ready to be played on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from porchlight.demo.scenes.light import Light
from porchlight.demo.scenes.porch import WHOLE, paint_floor, paint_frame, vignette
from porchlight.demo.scenes.sheet import UNITS_WIDE, Box, Sheet
from porchlight.demo.scenes.street import paint_mailbox, paint_street, paint_tree

Frame = NDArray[np.uint8]
TREE = (44.0, 38.0, 104.0, 126.0)


@dataclass(frozen=True)
class Act:
    """What moves at one moment: `draw` paints it, and paints nothing outside of `box` (units).

    What is on the street passes `beyond_tree`; what is nearer passes before the tree.
    """

    box: Box
    draw: Callable[[Sheet], None]
    beyond_tree: bool = False


class Stage:
    """The still picture in layers: the street, the tree at the curb, and what stands before all that moves."""

    def __init__(self, light: Light, seed: int, wide: int) -> None:
        rng = np.random.default_rng(seed)
        self.scale = wide / UNITS_WIDE
        self._street, self.before = Sheet.clear(WHOLE, self.scale), Sheet.clear(WHOLE, self.scale)
        self._tree = Sheet.clear(TREE, self.scale)
        paint_street(self._street, light, rng)
        paint_tree(self._tree, light, rng)
        paint_floor(self._street, light)
        paint_mailbox(self.before, light, 127)
        paint_frame(self.before, light)
        self._behind = self._street.part(WHOLE)
        self._behind.lay(self._tree)
        high = self._behind.cover.shape[0]
        self._lens = (255 * vignette(wide, high))[..., None]
        # Uneven rounding instead of even steps: without it a dark sky shows bands.
        self._grain = rng.random((high, wide, 1), dtype=np.float32)
        self._still = self._developed(self._behind.part(WHOLE))

    def frame(self, act: Act | None) -> Frame:
        """The picture with one act played on it, as RGB bytes."""
        picture = self._still.copy()
        if act:
            part = (self._street if act.beyond_tree else self._behind).part(act.box)
            if part.cover.size:
                act.draw(part)
                if act.beyond_tree:
                    part.lay(self._tree)
                high, wide = part.cover.shape
                picture[part.top : part.top + high, part.left : part.left + wide] = self._developed(part)
        return picture

    def _developed(self, part: Sheet) -> Frame:
        part.lay(self.before)
        high, wide = part.cover.shape
        window: Any = (slice(part.top, part.top + high), slice(part.left, part.left + wide))
        levels = part.rgb * self._lens[window] + self._grain[window]
        developed: Frame = np.clip(levels, 0, 255, out=levels).astype(np.uint8)
        return developed


@lru_cache(maxsize=4)
def stage(light: Light, seed: int, wide: int) -> Stage:
    """The stage of an hour and a seed; painting it takes about half a second, so a few are kept."""
    return Stage(light, seed, wide)
