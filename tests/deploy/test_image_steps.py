"""The image's own steps, in order, without a container engine.

Run: every COPY and RUN of the stages `pages` and `program` in empty directories, with only what they copy, and then the CMD with
its HEALTHCHECK. Not run: the base images themselves, and the last stage's apt-get and useradd.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.deploy.dockerfile import ROOT, copied, stages

from porchlight.instance.platform import free_port

_BUILT = shutil.ignore_patterns("dist", "__pycache__", "*.mo")


@pytest.mark.long
def test_the_steps_of_the_image_make_a_program_that_serves(tmp_path: Path) -> None:
    installed = tmp_path / "opt-porchlight"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "python"], check=True, timeout=300)
    clean = {
        key: os.environ[key]
        for key in os.environ
        if not key.startswith(("PORCHLIGHT_", "UV_PROJECT", "VIRTUAL"))
    }
    clean["PATH"] = f"{tmp_path / 'python' / 'bin'}:{clean['PATH']}"
    pages, program, final = stages()
    for stage in (pages, program):
        _build(tmp_path, stage, clean, installed)
    last = dict(final.steps)
    command, port = json.loads(last["CMD"]), free_port()
    command[command.index("--port") + 1] = str(port)
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    own = {"PORCHLIGHT_DATA_DIR": str(data), "PATH": f"{installed / 'bin'}:/usr/bin:/bin", "HOME": str(data)}
    process = subprocess.Popen(command, env=own, cwd=data)
    probe = json.loads(last["HEALTHCHECK"].partition("CMD ")[2])
    probe[-1] = probe[-1].replace(":8000", f":{port}")
    try:
        deadline = time.monotonic() + 600
        while subprocess.run(probe, env=own, check=False, capture_output=True, timeout=60).returncode:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def _build(scratch: Path, stage, environment: dict[str, str], installed: Path) -> None:
    work = scratch / stage.name
    work.mkdir()
    own = dict(environment)
    for word, rest in stage.steps:
        if word == "ENV":
            own |= dict(
                pair.split("=", 1) for pair in rest.replace("/opt/porchlight", str(installed)).split()
            )
        elif word == "COPY":
            origin, sources, target = copied(rest)
            for source in sources:
                base = scratch / origin / source.removeprefix("/build/") if origin else ROOT / source
                _copy(base, work, target, ignore=None if origin else _BUILT)
        elif word == "RUN":
            subprocess.run(["/bin/sh", "-ec", rest], cwd=work, env=own, check=True, timeout=900)


def _copy(source: Path, work: Path, target: str, ignore) -> None:
    if source.is_dir():
        shutil.copytree(source, work / target, dirs_exist_ok=True, ignore=ignore)
    else:
        shutil.copy(source, work / target)
