"""`porchlight walkthrough` as a person runs it: real processes, real HTTP, real mail, and the stock `age` at the end."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from porchlight.demo.scenes import CAT_ON_STEPS, render
from porchlight.walkthrough import running
from porchlight.walkthrough.video import NotAVideo, media_type_of

ROOT = Path(__file__).resolve().parents[2]
EVERY_DAY: dict[tuple[str, bool, bool], list[pytest.MarkDecorator]] = {
    ("h264", True, True): [pytest.mark.twin],
    ("hevc", False, False): [pytest.mark.once],
}
VARIANTS = [
    pytest.param(*each, marks=EVERY_DAY.get(each, [pytest.mark.long]))
    for each in product(("h264", "hevc"), (True, False), (True, False))
]


def walk(*words: str) -> tuple[int, list[dict]]:
    """Exit code and lines."""
    command = [sys.executable, "-m", "porchlight", "walkthrough", "--json", *words]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=600)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def elsewhere(backend: ModuleType, directory: Path) -> list[str]:
    """The words for a database and objects that do not lie in the instance's directory."""
    if not backend.on_postgres():
        return []
    given = backend.installation(directory)
    return [
        f"--database={given['PORCHLIGHT_DATABASE_URL']}",
        f"--storage={given['PORCHLIGHT_STORAGE_URL']}",
    ]


def named_in_the_docs() -> list[str]:
    text = (ROOT / "docs/walkthrough.md").read_text()
    return re.findall(
        r"^\| `(\w+)` \|", text.partition("## The lines")[2].partition("\n## ")[0], re.MULTILINE
    )


def index_comes_first(video: Path) -> bool:
    data = video.read_bytes()
    return data.index(b"moov") < data.index(b"mdat")


def test_the_steps_of_the_docs_are_those_that_run() -> None:
    assert named_in_the_docs() == [*(step.__name__ for step in running.STEPS), "handed_over"]


@pytest.mark.parametrize(("codec", "sound", "moov_first"), VARIANTS)
def test_the_main_job_end_to_end(
    codec: str, sound: bool, moov_first: bool, backend: ModuleType, tmp_path: Path
) -> None:
    video, out = tmp_path / "a file of mine.MP4", tmp_path / "out"
    unnamed = render(
        CAT_ON_STEPS,
        tmp_path / "made.mp4",
        codec=codec,
        audio=sound,
        faststart=moov_first,
        width=640,
        seconds=4,
    )
    unnamed.rename(video)
    assert index_comes_first(video) == moov_first
    code, lines = walk("--video", str(video), "--out", str(out), *elsewhere(backend, tmp_path))
    assert [line for line in lines if not line["ok"]] == []
    assert code == 0
    assert [line["step"] for line in lines] == [*named_in_the_docs(), "done"]
    facts = {line["step"]: line for line in lines}
    for line in lines[:-1]:
        assert line["seconds"] >= 0
        assert all(set(each) == {"method", "path", "status"} for each in line["http"])
        assert line["http"] or line["step"] in {"start", "mailed", "handed_over"}
    assert facts["start"]["web_pid"] != facts["start"]["worker_pid"]
    assert facts["declined"]["request"] == facts["opted_out"]["request"] == facts["shared"]["request"]
    assert len(facts["declined"]["officer_saw"]) == len(facts["opted_out"]["officer_saw"]) == 7

    sha256 = hashlib.sha256(video.read_bytes()).hexdigest()
    handed = facts["handed_over"]
    if not backend.on_postgres():
        assert (out / "clip.age").read_bytes() == Path(handed["stored_object"]).read_bytes()
        assert Path(handed["stored_object"]).is_relative_to(out / "instance" / "data" / "objects")
    else:
        assert handed["stored_object"].startswith("s3://")  # it was found by its bytes
    assert (out / "original.mp4").read_bytes() == video.read_bytes()
    assert facts["received"]["sha256"] == facts["shared"]["plain_sha256"] == sha256
    age = shutil.which("age")
    assert age is not None, "Debian's age is part of the set-up of the tests"
    opened = subprocess.run(
        [age, "-d", "-i", out / "clip-identity.txt", out / "clip.age"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert hashlib.sha256(opened.stdout).hexdigest() == sha256
    assert set((out / "instance").iterdir()) >= {
        out / "instance" / name for name in ("data", "mail", "letters")
    }


def test_what_cannot_be_walked_with_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("this is no video, whatever its name says" * 20)
    (tmp_path / "taken" / "instance").mkdir(parents=True)
    command = [sys.executable, "-m", "porchlight", "walkthrough"]
    for words in (
        ["--video", "text.mp4"],
        ["--video", "absent.mp4"],
        ["--out", "taken"],
    ):
        done = subprocess.run(
            [*command, *words], cwd=tmp_path, check=False, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 1
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\2\0", "video/quicktime"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "video/webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "video/x-matroska"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
        ((b"G" + b"\0" * 187) * 3, "video/mp2t"),
    ],
)
def test_the_kind_of_a_video_is_read_from_its_start(start: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(start)
    assert media_type_of(tmp_path / "file") == kind


def test_other_files_are_no_videos(tmp_path: Path) -> None:
    for start in (b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0"):
        (tmp_path / "file").write_bytes(start)
        with pytest.raises(NotAVideo):
            media_type_of(tmp_path / "file")
