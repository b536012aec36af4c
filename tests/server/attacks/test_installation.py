"""What a neighbor on the machine or on the network finds: file modes, and who may say whose request it is."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

_SHOW = (
    "from porchlight.commands.django_setup import setup; setup(); from django.conf import settings; "
    "print(settings.ALLAUTH_TRUSTED_PROXY_COUNT, settings.SECURE_PROXY_SSL_HEADER)"
)


def environment(directory: Path, **more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PORCHLIGHT", "DJANGO"))}
    return {**own, "PORCHLIGHT_DATA_DIR": str(directory), **more}


def test_nobody_else_on_the_machine_can_read_what_a_command_writes(tmp_path):
    directory = tmp_path / "data"
    subprocess.run(
        [sys.executable, "-m", "porchlight", "migrate"],
        env=environment(directory),
        check=True,
        umask=0o022,
        timeout=120,
    )
    found = [directory, *directory.rglob("*")]
    assert {path.name for path in found} >= {"data", "porchlight.sqlite3", "secret.key"}
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode) & 0o077) for path in found} == {
        path.name: "0o0" for path in found
    }


@pytest.mark.parametrize(
    ("setting", "shown"), [("", "0 None"), ("1", "1 ('HTTP_X_FORWARDED_PROTO', 'https')"), ("yes", "0 None")]
)
def test_a_proxys_word_counts_only_where_the_operator_says_there_is_one(tmp_path, setting, shown):
    given = environment(tmp_path, PORCHLIGHT_TRUSTED_PROXY=setting)
    said = subprocess.run(
        [sys.executable, "-c", _SHOW], env=given, check=True, capture_output=True, text=True, timeout=120
    )
    assert said.stdout.strip() == shown
