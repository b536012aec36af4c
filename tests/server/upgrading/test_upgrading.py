"""An upgraded database is a fresh one; and a migration never stops who is at work."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import pytest
from tests import backends

SCHEMA = Path(__file__).with_name("schema.py")


def environment(directory: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    return {
        **inherited,
        "PORCHLIGHT_DATA_DIR": str(directory),
        **backends.installation(directory, migrated=False),
    }


def run(own: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=own, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_upgraded_database_is_what_the_models_say(backend: ModuleType, tmp_path: Path) -> None:
    upgraded = json.loads(run(environment(tmp_path / "a"), str(SCHEMA), "upgrade"))
    modelled = json.loads(run(environment(tmp_path / "b"), str(SCHEMA), "models"))
    assert len(upgraded) > 100
    assert set(upgraded) ^ set(modelled) == set()


def test_three_that_migrate_at_once_do_it_once(backend: ModuleType, tmp_path: Path) -> None:
    own = environment(tmp_path)
    started = [
        subprocess.Popen([sys.executable, "-m", "porchlight", "migrate"], env=own, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=300)[1] for each in started]
    assert [each.returncode for each in started] == [0, 0, 0], said


@pytest.mark.postgres
def test_a_migration_that_waits_lets_others_pass(backend: ModuleType, tmp_path: Path) -> None:
    """Somebody reads a table for long; the migration that changes it must not make all later readers wait for that."""
    import psycopg

    own = environment(tmp_path)
    run(own, "-m", "porchlight", "migrate")
    run(
        {**own, "DJANGO_SETTINGS_MODULE": "porchlight.server.config.settings"},
        "-m",
        "django",
        "migrate",
        "transparency",
        "0001",
        "-v0",
    )
    address = own["PORCHLIGHT_DATABASE_URL"]
    with psycopg.connect(address) as long_reader, psycopg.connect(address, autocommit=True) as other:
        long_reader.execute("SELECT * FROM transparency_loghead")
        migrating = threading.Thread(target=run, args=(own, "-m", "porchlight", "migrate"))
        migrating.start()
        longest, end = 0.0, time.monotonic() + 120
        while longest < 0.5 and migrating.is_alive():
            assert time.monotonic() < end, "the migration never tried"
            began = time.monotonic()
            other.execute("SELECT * FROM transparency_loghead")
            longest = max(longest, time.monotonic() - began)
            time.sleep(0.05)
        assert migrating.is_alive(), "it must wait for the long reader"
        assert longest < 5, "a reader waited as long as the migration"
    migrating.join(timeout=60)
    assert not migrating.is_alive()
    with psycopg.connect(address) as reader:
        reader.execute("SELECT public_key FROM transparency_loghead")
