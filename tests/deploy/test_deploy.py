"""Image, compose file and units: linted, and every command in them is one that exists.

No container engine runs here: the image's steps are run without one in `test_image_steps.py`, and the compose file is looked
at as far as a reader can. Where `docker compose` or `systemd-analyze` are installed, they judge too.
"""

import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.deploy.commands import understood
from tests.deploy.dockerfile import ROOT, copied, stages

UNITS = sorted((ROOT / "deploy").glob("*.service"))
SETTINGS = set(
    re.findall(r'"(PORCHLIGHT_[A-Z_]+)"', (ROOT / "src/porchlight/server/config/environment.py").read_text())
)


def test_the_dockerfile_passes_the_linter() -> None:
    program = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [program, "--failure-threshold", "warning", ROOT / "Dockerfile"],
        check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_what_the_image_copies_is_there_and_nothing_else_reaches_the_build() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    wanted = {
        source.removeprefix("./")
        for stage in stages()
        for word, rest in stage.steps
        if word == "COPY" and not copied(rest)[0]
        for source in copied(rest)[1]
    }
    assert wanted == let_in
    assert [name for name in wanted if not (ROOT / name).exists()] == []


def test_the_image_runs_as_nobody_and_holds_no_secret() -> None:
    last = dict(stages()[-1].steps)
    assert last["USER"].isdigit()
    assert int(last["USER"]) > 1000
    assert "HEALTHCHECK" in last
    assert not re.search(r"SECRET|PASSWORD|TOKEN|ARG ", (ROOT / "Dockerfile").read_text())
    understood(json.loads(last["CMD"]))


def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_the_tools_of_the_image_are_those_of_the_lock_file() -> None:
    text, lock = (ROOT / "Dockerfile").read_text(), (ROOT / "uv.lock").read_text()
    assert re.search(r"^UV_VERSION := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1] in text
    babel = re.search(r'name = "babel"\nversion = "([^"]+)"', lock)[1]
    assert f"babel=={babel}" in text


def test_the_compose_file_hangs_together() -> None:
    file = compose()
    services = file["services"]
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            assert needed in services, name
            if how["condition"] == "service_healthy" and "image" in services[needed]:
                # The image's own health check counts where the service says nothing of it.
                check = services[needed].get("healthcheck")
                assert check or services[needed]["image"].startswith("porchlight:"), needed
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in file["volumes"] or (ROOT / source).exists(), volume
        if service["image"].startswith("porchlight:"):
            understood(service["command"])
            assert {key for key in service["environment"] if key.startswith("PORCHLIGHT_")} <= SETTINGS
            assert service["cap_drop"] == ["ALL"]
            assert service["read_only"] is True
        assert not service["image"].endswith(":latest"), name
    assert services["web"]["deploy"]["replicas"] == services["worker"]["deploy"]["replicas"] == 2
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_compose_file_asks_for_every_secret() -> None:
    text = (ROOT / "compose.yaml").read_text()
    for name in ("POSTGRES_PASSWORD", "OBJECTS_PASSWORD", "PORCHLIGHT_HOST", "PORCHLIGHT_SMTP_URL"):
        assert f"${{{name}:?" in text
    assert not re.search(r"PASSWORD: (?!\$)", text)


def test_docker_accepts_the_compose_file() -> None:
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run(
            [docker, "compose", "version"], check=False, capture_output=True, timeout=60
        ).returncode
    ):
        return  # not here; `test_the_compose_file_hangs_together` has looked at it
    given = {
        "POSTGRES_PASSWORD": "a",
        "OBJECTS_PASSWORD": "b",
        "PORCHLIGHT_HOST": "c.example",
        "PORCHLIGHT_SMTP_URL": "d",
    }
    done = subprocess.run(
        [docker, "compose", "--file", ROOT / "compose.yaml", "config", "--quiet"],
        check=False, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", **given}, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_exists_and_little_else(unit: Path) -> None:
    parsed = configparser.RawConfigParser(strict=False)
    parsed.optionxform = str
    parsed.read(unit)
    understood(
        shlex.split(
            parsed["Service"]["ExecStart"].replace("%i", "8000").replace("${BACKUP_RECIPIENT}", "age1x")
        )
    )
    for key, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
    }.items():
        assert parsed["Service"][key] == value


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # not here; the test above has read them
    for unit in (*UNITS, ROOT / "deploy/porchlight-backup.timer"):
        # There is no /opt/porchlight here; the program is.
        text = unit.read_text().replace(
            "/opt/porchlight/bin/porchlight", str(Path(sys.executable).with_name("porchlight"))
        )
        (tmp_path / unit.name).write_text(text)
    for unit in UNITS:
        name = unit.name.replace("@.", "@8000.")
        done = subprocess.run(
            [program, "verify", "--man=no", tmp_path / name],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert unit.stem not in done.stderr, done.stderr
        done = subprocess.run(
            [program, "security", "--offline=true", "--threshold=20", tmp_path / unit.name],
            check=False, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-300:]


def blocks() -> list[str]:
    """Each command line of operate.md's blocks, continued lines joined."""
    text = (ROOT / "docs/operate.md").read_text()
    inside = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    return [
        line for line in inside.replace("\\\n", " ").splitlines() if re.match(r"(\S*/)?porchlight ", line)
    ]


@pytest.mark.parametrize("line", blocks())
def test_every_command_of_the_operators_guide_exists(line: str) -> None:
    understood(shlex.split(line, comments=True))


def test_the_operators_guide_has_commands_to_check() -> None:
    assert {shlex.split(line)[1] for line in blocks()} >= {"serve", "migrate", "doctor", "backup", "restore"}


def test_what_the_operators_guide_sets_is_a_setting() -> None:
    text = (ROOT / "docs/operate.md").read_text()
    named = set(re.findall(r"(?:export |^)(PORCHLIGHT_[A-Z_]+)=", text, re.MULTILINE))
    assert named
    assert named <= SETTINGS | {"PORCHLIGHT_HOST"}
