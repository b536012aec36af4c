"""From pictures to a file: MP4 with H.264 or HEVC, as cameras and their apps write it."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Literal

import av
import numpy as np
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

from porchlight.demo.scenes.rain import Rain
from porchlight.demo.scenes.stage import Frame, stage
from porchlight.demo.scenes.stories import Scene

RATE: Final = 15
KEYFRAME_S: Final = 2
SOUND_RATE: Final = 48_000
SOUND_FRAME: Final = 1024

Codec = Literal["h264", "hevc"]


def pictures(
    scene: Scene, *, seconds: float | None = None, width: int = 1280, seed: int = 0
) -> Iterator[Frame]:
    """Each picture of a scene as RGB bytes of shape (width * 9 / 16, width, 3), 15 a second."""
    length = scene.seconds if seconds is None else seconds
    set_up = stage(scene.light, seed, width)
    rain = Rain(set_up.before, seed) if scene.rain else None
    for k in range(round(length * RATE)):
        picture = set_up.frame(scene.act(k / RATE, length))
        if rain:
            rain.fall(picture, k / RATE)
        yield picture


def render(
    scene: Scene,
    path: Path,
    *,
    codec: Codec = "h264",
    audio: bool = False,
    faststart: bool = True,
    seconds: float | None = None,
    width: int = 1280,
    seed: int = 0,
    recorded_at: datetime | None = None,
) -> Path:
    """Write a scene as MP4 and return its path.

    15 pictures a second, a keyframe every 2 seconds. `width` is 1280 or 640. `audio` adds a quiet AAC track,
    `faststart` puts the index before the media, `recorded_at` (aware) becomes the file's creation time. `seed`
    changes the houses and the tree; the same arguments give the same bytes on the same machine.
    """
    options = {"fflags": "+bitexact"} | ({"movflags": "+faststart"} if faststart else {})
    with av.open(str(path), "w", format="mp4", options=options) as container:
        container.metadata["title"] = "Porchlight demo: drawn, not filmed"
        if recorded_at:
            container.metadata["creation_time"] = recorded_at.isoformat()
        video = video_stream(container, codec, width)
        sound = sound_stream(container) if audio else None
        noise = sound_frames(seed, loud=scene.rain) if audio else None
        heard, converter = 0, VideoReformatter()
        for shown, picture in enumerate(pictures(scene, seconds=seconds, width=width, seed=seed)):
            frame = converter.reformat(
                av.VideoFrame.from_ndarray(picture, format="rgb24"),
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
                interpolation=Interpolation.AREA,
            )
            frame.pts, frame.time_base = shown, Fraction(1, RATE)
            container.mux(video.encode(frame))
            while sound and noise and heard * RATE < (shown + 1) * SOUND_RATE:
                heard += SOUND_FRAME
                container.mux(sound.encode(next(noise)))
        container.mux(video.encode(None))
        if sound:
            container.mux(sound.encode(None))
    return path


def video_stream(container: Any, codec: Codec, width: int) -> Any:
    """The picture track; its settings are fixed, so that files do not depend on the number of cores."""
    every = str(RATE * KEYFRAME_S)
    if codec == "h264":
        options = {"preset": "veryfast", "crf": "21", "g": every, "keyint_min": every, "threads": "2"}
        options |= {"x264-params": "scenecut=0:aq-mode=3:open-gop=0", "profile": "high"}
        stream = container.add_stream("libx264", rate=RATE, options=options)
    else:
        tuned = (
            f"keyint={every}:min-keyint={every}:scenecut=0:open-gop=0:log-level=none:pools=2:frame-threads=1"
        )
        options = {"preset": "ultrafast", "crf": "24", "x265-params": tuned}
        stream = container.add_stream("libx265", rate=RATE, options=options)
        stream.codec_context.codec_tag = "hvc1"
    stream.width, stream.height, stream.pix_fmt = width, width * 9 // 16, "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, RATE)
    context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
    context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
    return stream


def sound_stream(container: Any) -> Any:
    stream = container.add_stream("aac", rate=SOUND_RATE, layout="mono")
    stream.bit_rate = 48_000
    return stream


def sound_frames(seed: int, *, loud: bool) -> Iterator[av.AudioFrame]:
    """The quiet of a street: soft noise without a tone, without end."""
    rng, before, sent = np.random.default_rng(seed), np.zeros(8), 0
    while True:
        white = rng.normal(0, 0.02 if loud else 0.006, SOUND_FRAME)
        joined = np.concatenate([before, white])
        before = joined[-8:]
        soft = np.convolve(joined, np.ones(9) / 9, "valid").astype(np.float32)
        frame = av.AudioFrame.from_ndarray(soft[None, :], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, sent, Fraction(1, SOUND_RATE)
        sent += SOUND_FRAME
        yield frame
