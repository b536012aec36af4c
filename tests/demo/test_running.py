"""`porchlight demo` as a process: it fills, serves, stops on Ctrl-C, and keeps its data."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from porchlight.demo import clips, place
from porchlight.demo.scenes import render
from porchlight.instance.platform import free_port

PATIENCE_S = 240


def environment(data_dir: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PORCHLIGHT_", "DJANGO_"))
    }
    return {**kept, "PORCHLIGHT_DATA_DIR": str(data_dir)}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "porchlight", "demo", *words]


@contextmanager
def running(data_dir: Path, port: int, *words: str) -> Iterator[str]:
    """The demo until the block ends, by Ctrl-C; gives what it printed up to its last line."""
    out = data_dir.parent / "out.txt"
    with out.open("wb") as file:
        process = subprocess.Popen(
            command("--port", str(port), *words),
            env=environment(data_dir),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + PATIENCE_S
        while (
            "Begin afresh" not in out.read_text() and process.poll() is None and time.monotonic() < deadline
        ):
            time.sleep(0.2)
        assert process.poll() is None, out.read_text()
        yield out.read_text()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait(60)


def asked(port: int, path: str, side: str = "") -> httpx.Response:
    return httpx.get(
        f"http://127.0.0.1:{port}{path}", headers={"Host": f"{side}localhost:{port}"}, timeout=60
    )


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A directory in which the clips were drawn already, short ones."""
    directory = tmp_path / "data"
    shelf = directory / place.CLIPS
    shelf.mkdir(parents=True)
    for scene in clips.WANTED:
        render(scene, clips.path_of(shelf, scene.key), seconds=1, width=640)
    return directory


def test_it_fills_serves_stops_and_goes_on_with_its_data(data_dir: Path):
    port = free_port()
    with running(data_dir, port) as said:
        for side in ("", "agency.", "review.", "operator."):
            assert f"http://{side}localhost:{port}" in said
            assert asked(port, "/demo/", side).status_code == 200
        assert "within 5 seconds" in said
        for name in ("Maya", "Theo", "Robin", "Ines", "Noor", "Kit"):
            assert name in said
        assert asked(port, "/asked/").status_code == 200
        busy = subprocess.run(
            check=False,
            args=command("--port", str(port)),
            env=environment(data_dir.parent / "other"),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert busy.returncode == 1
        assert re.fullmatch(r"porchlight demo: port \d+ .*make demo PORT=\d+\n", busy.stderr)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the web server has ended"
    note = place.read_note(data_dir)
    with running(data_dir, port) as said:
        assert "as you left it" in said
        assert place.read_note(data_dir) == note


def test_a_directory_that_holds_another_platform_is_refused_in_one_line(tmp_path: Path):
    (tmp_path / place.DATABASE).write_text("somebody's")
    for words in ((), ("--reset",)):
        refused = subprocess.run(
            check=False,
            args=command("--port", str(free_port()), *words),
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1
        assert "PORCHLIGHT_DATA_DIR" in refused.stderr
