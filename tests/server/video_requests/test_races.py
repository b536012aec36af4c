"""Two tabs, two reviewers, a double click: at the same moment, on a database in a file."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


def program(data_dir: Path, name: str) -> str:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PORCHLIGHT_")},
        "PORCHLIGHT_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, str(Path(__file__).with_name("race.py")), name]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("fresh")
    program(directory, "migrate")
    return directory


@pytest.fixture
def race(fresh_database: Path, tmp_path: Path) -> Any:
    def run(name: str) -> dict[str, Any]:
        return json.loads(program(shutil.copytree(fresh_database, tmp_path / "data"), name))

    return run


def test_four_tabs_cannot_pass_the_limit_of_a_case(race: Any) -> None:
    found = race("limit_per_case")
    assert found["found"] == ["case_limit_reached"] * 3 + ["done"]
    assert found["submitted"] == 2


def test_the_second_of_two_reviewers_is_told(race: Any) -> None:
    assert race("two_reviewers") == {
        "found": ["done", "request_already_decided"],
        "decisions": 1,
        "agrees": True,
    }


def test_two_answers_at_once_make_one_decision(race: Any) -> None:
    assert race("two_of_two") == {"found": ["done", "done"], "approved": 1, "state": "approved"}


def test_signing_and_sending_back_at_once_leaves_one_of_them(race: Any) -> None:
    found = race("sign_or_withdraw")
    assert found["found"] == ["done", "request_moved_on"]
    assert found["state"] in {"signed", "returned"}


def test_three_equal_sends_are_one(race: Any) -> None:
    assert race("double_click") == {"found": ["done", "done", "done"], "mails": 1}
