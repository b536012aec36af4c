"""The policy numbers come from one file, which can only tighten them."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from tests.server.video_requests import town

from porchlight.core.policy import PolicyNumbers
from porchlight.server.config.errors import SettingError
from porchlight.server.video_requests import access


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def write(text: str | bytes) -> None:
        path = tmp_path / "policy.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setattr(settings, "PORCHLIGHT", replace(settings.PORCHLIGHT, policy_file=path))

    return write


def test_without_a_file_the_defaults_hold() -> None:
    assert access.policy_numbers() == PolicyNumbers()


def test_a_tighter_number_is_in_force_at_once(policy, agents: town.Agents) -> None:
    policy("most_span_minutes = 60\nmost_open_days = 7\n")
    assert access.policy_numbers().most_open_days == 7
    checks = access.check(agents.officer, town.draft())
    assert [str(each.rule) for each in checks if each.state == "broken"] == ["span"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("most_age_days = 60", "policy_value_loosens"),
        ("no_such_number = 1", "policy_key_unknown"),
        ("most_age_days = 'ten'", "policy_value_not_a_number"),
        ("most_age_days = ", "cannot be read as TOML"),
        (b"\xff\xfe", "cannot be read as TOML"),
    ],
)
def test_a_file_that_loosens_or_is_no_table_stops_the_start(policy, text: str | bytes, said: str) -> None:
    policy(text)
    with pytest.raises(SettingError, match=said):
        access.policy_numbers()
