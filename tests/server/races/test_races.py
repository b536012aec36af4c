"""Two tabs, two reviewers, two workers, a double click: at the same moment, in one database. See `program`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


def program(data_dir: Path, settings: dict[str, str], *command: str) -> str:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PORCHLIGHT_")},
        "PORCHLIGHT_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT / "src"),
        **settings,
    }
    done = subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def races(backend: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of each race; all run in one installation."""
    directory = tmp_path_factory.mktemp("races")
    settings = backend.installation(directory)
    program(directory, settings, "-m", "porchlight", "migrate")
    return json.loads(program(directory, settings, str(Path(__file__).with_name("program.py"))))


def test_four_tabs_cannot_pass_the_limit_of_a_case(races: dict[str, Any]) -> None:
    assert races["limit_per_case"] == {"found": ["case_limit_reached"] * 3 + ["done"], "submitted": 2}


def test_the_second_of_two_reviewers_is_told(races: dict[str, Any]) -> None:
    found = {"found": ["done", "request_already_decided"], "decisions": 1, "agrees": True}
    assert races["two_reviewers"] == found


def test_two_answers_at_once_make_one_decision(races: dict[str, Any]) -> None:
    assert races["two_of_two"] == {"found": ["done", "done"], "approved": 1, "state": "approved"}


def test_signing_and_sending_back_at_once_leaves_one_of_them(races: dict[str, Any]) -> None:
    assert races["sign_or_send_back"]["found"] == ["done", "request_moved_on"]
    assert races["sign_or_send_back"]["state"] in {"signed", "returned"}


def test_three_equal_sends_are_one(races: dict[str, Any]) -> None:
    assert races["double_click"] == {"found": ["done", "done", "done"], "mails": 1}


def test_a_share_and_the_end_of_its_request_come_one_after_the_other(races: dict[str, Any]) -> None:
    assert races["share_or_withdraw"]["agrees"]
    assert races["share_or_withdraw"]["found"] in (["done", "done"], ["done", "request_closed"])


def test_what_two_workers_delete_is_deleted_once(races: dict[str, Any]) -> None:
    assert races["disposal_twice"] == {"found": ["done", "done"], "entries": 1}


def test_an_invitation_opens_once(races: dict[str, Any]) -> None:
    assert races["invitation_twice"] == {"found": ["done", "not_found"], "officers": 1}


def test_an_agency_keeps_an_administrator(races: dict[str, Any]) -> None:
    assert races["last_administrators"] == {"found": ["agency_needs_administrator", "done"], "left": 1}


def test_an_officer_has_one_key_in_use(races: dict[str, Any]) -> None:
    assert races["two_keys"] == {"found": ["done", "done"], "in_use": 1}


def test_two_uploads_do_not_both_take_the_last_room(races: dict[str, Any]) -> None:
    assert races["uploads_at_the_quota"] == {"found": ["done", "quota_full"], "begun": 1}


def test_the_bytes_of_what_was_used_are_never_deleted(races: dict[str, Any]) -> None:
    assert races["used_or_given_up"]["agrees"] == [True] * 3


def test_three_tabs_do_not_pass_the_most_cameras(races: dict[str, Any]) -> None:
    assert races["cameras_at_the_limit"] == {
        "found": ["done", "too_many_cameras", "too_many_cameras"],
        "cameras": 30,
    }


def test_a_new_resident_gets_one_home(races: dict[str, Any]) -> None:
    assert races["first_home_twice"] == {"found": ["done", "done"], "homes": 1}


def test_wrong_passwords_at_one_moment_are_counted(races: dict[str, Any]) -> None:
    assert races["wrong_passwords"] == {"found": ["done"] * 5, "locked": True, "mails": 1}


def test_no_use_slips_past_a_rate(races: dict[str, Any]) -> None:
    assert races["rate"] == {"found": ["done"] * 4 + ["too_often"] * 2}


def test_one_of_two_equal_agencies_is_refused(races: dict[str, Any]) -> None:
    assert races["agency_twice"] == {"found": ["done", "ori_taken"]}
