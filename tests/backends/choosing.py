"""The option `--backend`, the services behind it, and which tests run again on PostgreSQL and S3."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from tests import backends

_START_S, _STOP_S = 300, 60
_SERVICES = Path(__file__).with_name("services.py")
# Whoever asks for one of these, directly or through another fixture, touches the database or starts what does.
_TOUCHING = frozenset(
    {
        "backend",
        "db",
        "transactional_db",
        "django_db_setup",
        "django_db_serialized_rollback",
        "live_server",
    }
)
_services = pytest.StashKey[subprocess.Popen[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--backend",
        choices=("sqlite", "postgres"),
        default="sqlite",
        help="sqlite: SQLite and a directory; postgres: what touches database or objects, on PostgreSQL and S3",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the services once, and put this process's Django on them."""
    if config.getoption("--backend") != "postgres" or config.getoption("--collect-only"):
        return
    if not hasattr(config, "workerinput"):
        config.stash[_services] = _start()
    use_postgres()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them; they would end with this process anyhow."""
    services = config.stash.get(_services, None)
    if services is not None:
        try:
            services.communicate(timeout=_STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(services.pid, signal.SIGKILL)
        for name in (backends.CLUSTER, backends.STORAGE):
            del os.environ[name]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what has nothing to do with it: it ran on SQLite, and would say the same."""
    on_postgres = config.getoption("--backend") == "postgres"
    kept = [item for item in items if (touches(item) if on_postgres else not _needs_postgres(item))]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _needs_postgres(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgres") is not None


def touches(item: pytest.Item) -> bool:
    """Whether a test reads or writes a database or an object store, itself or through processes it starts."""
    if any(item.get_closest_marker(name) is not None for name in ("looks", "sqlite")):
        return False
    return item.get_closest_marker("django_db") is not None or not _TOUCHING.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def use_postgres() -> None:
    """Django's database of this process is a copy of the migrated template."""
    from porchlight.server.config.database import database_settings

    database = database_settings(os.environ[backends.CLUSTER] % "tests")
    database["TEST"] = {"TEMPLATE": backends.TEMPLATE}
    settings.DATABASES = {"default": database}
    settings.AGENCY_LOGIN = {"USER": "agency", "PASSWORD": ""}
    # Whoever looked at the connections before left Django with what it read of the settings then.
    connections._settings = None
    connections.__dict__.pop("settings", None)
    for alias in list(connections):
        if hasattr(connections._connections, alias):
            del connections[alias]


def _start() -> subprocess.Popen[str]:
    services = subprocess.Popen(
        [sys.executable, _SERVICES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests: the services end after them
    )
    assert services.stdout is not None
    begun, _, _ = select.select([services.stdout], [], [], _START_S)
    line = services.stdout.readline() if begun else ""
    if not line:
        os.killpg(services.pid, signal.SIGKILL)
        raise pytest.UsageError("PostgreSQL or the S3 server did not start; what they said stands above")
    said = json.loads(line)
    os.environ[backends.CLUSTER], os.environ[backends.STORAGE] = said["cluster"], said["storage"]
    backends.make_template()
    return services
