from datetime import UTC, datetime
from itertools import islice, pairwise

import av
import numpy as np
import pytest

from porchlight.demo.scenes import CAR_PASSES, CAT_ON_STEPS, KEYFRAME_S, RAIN, RATE, SCENES, pictures, render
from porchlight.demo.scenes.color import oklch
from porchlight.demo.scenes.sheet import Sheet, polygon_cover

VARIANTS = [
    (codec, audio, faststart)
    for codec in ("h264", "hevc")
    for audio in (False, True)
    for faststart in (True, False)
]


def boxes(data: bytes) -> list[str]:
    """The names of an MP4 file's outermost boxes, in order."""
    names, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        names.append(data[at + 4 : at + 8].decode("ascii"))
        at += int.from_bytes(data[at + 8 : at + 16], "big") if size == 1 else size
    return names


@pytest.mark.parametrize(("codec", "audio", "faststart"), VARIANTS)
def test_a_clip_has_the_codec_length_keyframes_and_order_that_were_asked_for(
    tmp_path, codec, audio, faststart
):
    path = render(
        CAT_ON_STEPS,
        tmp_path / "clip.mp4",
        codec=codec,
        audio=audio,
        faststart=faststart,
        seconds=5,
        width=640,
    )
    order = [name for name in boxes(path.read_bytes()) if name in {"moov", "mdat"}]
    assert order == (["moov", "mdat"] if faststart else ["mdat", "moov"])
    with av.open(str(path)) as clip:
        video = clip.streams.video[0]
        assert video.codec_context.name == codec
        assert (video.width, video.height, video.average_rate) == (640, 360, RATE)
        frames = list(clip.decode(video=0))
    assert len(frames) == 5 * RATE
    assert [round(frame.time * RATE) for frame in frames] == list(range(5 * RATE))
    keys = [round(frame.time, 3) for frame in frames if frame.key_frame]
    assert keys == [0, KEYFRAME_S, 2 * KEYFRAME_S]
    with av.open(str(path)) as clip:
        assert len(clip.streams.audio) == int(audio)
        if audio:
            assert clip.streams.audio[0].codec_context.name == "aac"
            assert float(clip.streams.audio[0].duration * clip.streams.audio[0].time_base) == pytest.approx(
                5, abs=0.1
            )
            sound = np.concatenate([frame.to_ndarray() for frame in clip.decode(audio=0)], axis=1)
            assert 0 < np.abs(sound).max() < 0.2


def test_the_same_arguments_give_the_same_bytes_and_another_seed_gives_others(tmp_path):
    first, second, other = (
        render(CAR_PASSES, tmp_path / name, seconds=2, width=640, seed=seed, audio=True).read_bytes()
        for name, seed in (("a.mp4", 1), ("b.mp4", 1), ("c.mp4", 2))
    )
    assert first == second
    assert first != other


def test_a_clip_says_when_it_was_recorded_and_that_it_is_drawn(tmp_path):
    at = datetime(2026, 3, 10, 21, 14, 12, tzinfo=UTC)
    path = render(CAR_PASSES, tmp_path / "clip.mp4", seconds=1, width=640, recorded_at=at)
    with av.open(str(path)) as clip:
        assert clip.metadata["creation_time"].startswith("2026-03-10T21:14:12")
        assert "drawn" in clip.metadata["title"]


def test_there_are_six_scenes_with_keys_and_titles_of_their_own():
    assert len(SCENES) == 6
    assert len({scene.key for scene in SCENES}) == len({scene.title for scene in SCENES}) == 6
    assert all(8 <= scene.seconds <= 20 for scene in SCENES)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_something_moves_in_each_scene(scene):
    shown = list(islice(pictures(scene, width=640), 0, None, 30))
    assert shown[0].shape == (360, 640, 3)
    assert shown[0].dtype == np.uint8
    assert any((np.abs(a.astype(int) - b) > 24).sum() > 500 for a, b in pairwise(shown))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
@pytest.mark.parametrize("seconds", [8.0, 20.0])
def test_what_moves_stays_inside_its_box(scene, seconds):
    for at in np.arange(0, seconds, 0.35):
        act = scene.act(float(at), seconds)
        if act is None:
            continue
        left, top, right, bottom = act.box
        sheet = Sheet.clear((left - 40, top - 40, right + 40, bottom + 40), 1)
        act.draw(sheet)
        painted = (sheet.cover > 0.02) | (np.abs(sheet.rgb).max(axis=2) > 0.02)
        rows, columns = np.nonzero(painted)
        if len(rows):
            assert rows.min() + sheet.top >= top - 1.5
            assert rows.max() + sheet.top <= bottom + 1.5
            assert columns.min() + sheet.left >= left - 1.5
            assert columns.max() + sheet.left <= right + 1.5


def test_rain_falls_beyond_the_porch_only():
    dry, wet = (next(islice(pictures(RAIN, width=640, seed=3), k, None)).astype(int) for k in (0, 7))
    changed = np.abs(dry - wet).max(axis=2) > 6
    assert changed[40:280, 100:].any()
    assert not changed[330:].any()
    assert not changed[:20].any()


def test_a_polygon_covers_what_it_covers():
    cover = polygon_cover(np.array([(1.0, 1.0), (5.5, 1.0), (5.5, 3.0), (1.0, 3.0)]), 8, 4)
    assert cover.sum() == pytest.approx(9, abs=0.01)
    assert cover[1, 5] == pytest.approx(0.5)


def test_colors_are_those_of_the_design_tokens():
    assert oklch(1, 0, 0) == pytest.approx((1, 1, 1), abs=0.002)
    assert oklch(0, 0, 0) == (0, 0, 0)
    red, green, blue = oklch(0.8, 0.15, 76)
    assert red > green > blue
