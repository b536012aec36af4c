"""Playing and opening a clip in Debian's Chromium, beside the plain file and beside typage, on a real `porchlight web`."""

from __future__ import annotations

from collections.abc import Iterator

from bench.measured import Figure
from bench.needs import command
from bench.playback import decrypting, playing


def run() -> Iterator[Figure]:
    """Every figure about playing. Raises Missing."""
    command("chromium", package="chromium")
    yield from decrypting.run()
    yield from playing.run()
