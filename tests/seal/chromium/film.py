"""A short film with its index first, as a player of a sealed clip meets it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import av
import numpy as np


def film(*, seconds: int, encoder: str = "libx264", index_first: bool = True) -> bytes:
    """H.264 (or another) in MP4, 320 by 180, 15 frames a second, a moving grain so that it takes some hundred kilobytes."""
    grain = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "film.mp4"
        with av.open(str(target), "w", options={"movflags": "faststart"} if index_first else {}) as container:
            stream = container.add_stream(encoder, rate=15)
            stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
            for _ in range(15 * seconds):
                picture = grain.integers(0, 255, (180, 320, 3), dtype=np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(stream.encode())
        return target.read_bytes()
