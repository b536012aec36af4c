"""On which database and object store a run of the tests works: `--backend=sqlite` (with a directory) or `postgres` (with S3).

A test that starts processes takes the fixture `backend` and gives them `backend.installation(directory)`; so it runs on
both. A test that only uses the test's own database needs nothing but a place for its objects: `storage_url(directory)`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

CLUSTER = "PORCHLIGHT_TESTS_CLUSTER"
STORAGE = "PORCHLIGHT_TESTS_STORAGE"
TEMPLATE = "porchlight_template"


def on_postgres() -> bool:
    """Whether this run is on PostgreSQL and S3."""
    return CLUSTER in os.environ


def ills() -> set[str]:
    """What the doctor rightly finds ill here: the cluster of a run does not wait for its disk."""
    return {"durability"} if on_postgres() else set()


def storage_url(directory: Path) -> str:
    """An object store that nothing was put into, for PORCHLIGHT_STORAGE_URL."""
    if on_postgres():
        return f"{os.environ[STORAGE]}&prefix={uuid4().hex}/"
    return f"file://{directory / 'objects'}"


def database_url(directory: Path, *, migrated: bool = True) -> str:
    """A database that is not the test's own, for PORCHLIGHT_DATABASE_URL: migrated on PostgreSQL, absent on SQLite."""
    if not on_postgres():
        return f"sqlite:///{directory / 'porchlight.sqlite3'}"
    name = f"own_{uuid4().hex}"
    _execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{TEMPLATE}"' if migrated else ""))
    return os.environ[CLUSTER] % name


def installation(data_dir: Path, *, migrated: bool = True) -> dict[str, str]:
    """The settings under which processes with this data directory have a database and objects of their own."""
    url = database_url(data_dir, migrated=migrated)
    return agency_login(url) | {
        "PORCHLIGHT_DATABASE_URL": url,
        "PORCHLIGHT_STORAGE_URL": storage_url(data_dir),
    }


def agency_login(database_url: str) -> dict[str, str]:
    """One role for the agency side of every database of the run: copies of the template have its rights with them."""
    if not on_postgres():
        return {}
    return {"PORCHLIGHT_AGENCY_DATABASE_URL": database_url.replace("//porchlight@", "//agency@", 1)}


def make_template() -> None:
    """Migrate one database, which all others of this run are copies of."""
    _execute(f'CREATE DATABASE "{TEMPLATE}"')
    given = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    with tempfile.TemporaryDirectory(prefix="porchlight-template-") as directory:
        own = {"PORCHLIGHT_DATA_DIR": directory, "PORCHLIGHT_DATABASE_URL": os.environ[CLUSTER] % TEMPLATE}
        own |= agency_login(own["PORCHLIGHT_DATABASE_URL"])
        subprocess.run(
            [sys.executable, "-m", "porchlight", "migrate"], env=given | own, check=True, timeout=300
        )


def _execute(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ[CLUSTER] % "postgres", autocommit=True) as connection:
        connection.execute(statement)
