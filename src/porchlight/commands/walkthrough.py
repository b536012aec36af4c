"""`porchlight walkthrough`: do the main job once on a throw-away instance and tell each step."""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from porchlight.cli import CommandError


def add(parser: ArgumentParser) -> None:
    """Which video, and where to put the result."""
    parser.add_argument(
        "--video", type=Path, metavar="FILE", help="the owner's video (default: a drawn scene)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="keep clip, identity, opened file and instance here"
    )
    parser.add_argument(
        "--database", metavar="URL", help="an empty database elsewhere, like PORCHLIGHT_DATABASE_URL"
    )
    parser.add_argument(
        "--storage", metavar="URL", help="an object store elsewhere, like PORCHLIGHT_STORAGE_URL"
    )
    parser.add_argument("--json", action="store_true", help="one JSON line a step")


def run(arguments: Namespace) -> int:
    """Exit code 0 only when every step holds."""
    if arguments.video is not None and not arguments.video.is_file():
        raise CommandError(f"{arguments.video} is not a file: name a video with --video")
    if arguments.video is not None:
        _require_video(arguments.video)
    if arguments.out is None:
        with tempfile.TemporaryDirectory(prefix="porchlight-") as directory:
            return _walk(arguments, Path(directory))
    instance = arguments.out / "instance"
    if instance.exists():
        raise CommandError(f"{instance} exists already: name another directory with --out")
    arguments.out.mkdir(parents=True, exist_ok=True)
    return _walk(arguments, arguments.out.resolve())


def _walk(arguments: Namespace, out: Path) -> int:
    from porchlight.walkthrough.running import walk  # noqa: PLC0415 - needs the server's parts

    ok = False
    video = arguments.video or _drawn(out)
    backend = {
        "PORCHLIGHT_DATABASE_URL": arguments.database,
        "PORCHLIGHT_STORAGE_URL": arguments.storage,
    }
    given = {name: url for name, url in backend.items() if url}
    for line in walk(video, out / "instance", out, given):
        ok = line["ok"]
        print(json.dumps(line) if arguments.json else _told(line), flush=True)
    return 0 if ok else 1


def _require_video(path: Path) -> None:
    from porchlight.walkthrough.video import NotAVideo, media_type_of  # noqa: PLC0415 - needs the server's parts

    try:
        media_type_of(path)
    except (NotAVideo, OSError) as error:
        raise CommandError(str(error)) from error


def _drawn(directory: Path) -> Path:
    from porchlight.demo.scenes import PERSON_WALKS, render  # noqa: PLC0415 - needs PyAV

    path = directory / "drawn.mp4"
    render(PERSON_WALKS, path)
    return path


def _told(line: dict[str, Any]) -> str:
    mark = "ok " if line["ok"] else "NOT"
    facts = {name: value for name, value in line.items() if name not in {"step", "ok", "seconds", "http"}}
    return f"{mark} {line['step']:<24} {line['seconds']:>6.2f} s  {json.dumps(facts)[:300]}"
