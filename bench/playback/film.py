"""A deterministic 720p film of a given size: noise over a moving picture, as a camera at night makes it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT, RATE = 1280, 720, 24
_PART_S = 10
_KEYFRAME_S = 2


def film(target: Path, *, seconds: int, bits_per_s: int) -> Path:
    """H.264 in MP4 with its index first. One part is encoded and repeated, so that it takes seconds to make."""
    part = target.with_suffix(".part.mp4")
    _encode(part, bits_per_s)
    with av.open(str(part)) as source, av.open(str(target), "w", options={"movflags": "faststart"}) as made:
        stream = made.add_stream_from_template(source.streams.video[0])
        packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
        base = packets[0].time_base or Fraction(1, RATE)
        length = round(Fraction(_PART_S) / base)
        data = [
            (bytes(packet), packet.pts or 0, packet.dts or 0, packet.duration, packet.is_keyframe)
            for packet in packets
        ]
        for turn in range(seconds // _PART_S):
            for content, pts, dts, duration, keyframe in data:
                packet = av.Packet(content)
                packet.stream, packet.time_base = stream, base
                packet.pts, packet.dts = pts + turn * length, dts + turn * length
                packet.duration, packet.is_keyframe = duration or 0, keyframe
                made.mux(packet)
    part.unlink()
    return target


def _encode(target: Path, bits_per_s: int) -> None:
    random = np.random.default_rng(9)
    grain = [random.integers(0, 56, (HEIGHT, WIDTH), dtype=np.uint8) for _ in range(5)]
    options = {"preset": "ultrafast", "tune": "zerolatency", "sc_threshold": "0", "nal-hrd": "cbr"}
    rate = str(bits_per_s)
    options |= {"minrate": rate, "maxrate": rate, "bufsize": rate, "g": str(_KEYFRAME_S * RATE)}
    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = WIDTH, HEIGHT, "yuv420p", bits_per_s
        slope = np.add.outer(np.arange(HEIGHT) // 6, np.arange(WIDTH) // 8).astype(np.uint8)
        colors = np.full((HEIGHT // 2, WIDTH), 128, dtype=np.uint8)
        for number in range(_PART_S * RATE):
            light = np.roll(slope, 7 * number, axis=1) // 2 + grain[number % len(grain)]
            frame = av.VideoFrame.from_ndarray(np.vstack([light, colors]), format="yuv420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
