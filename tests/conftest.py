"""What every test shares: an installation of its own to write to, and nothing that only a real server needs."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from tests import backends, walled
from tests.backends import choosing

from porchlight.server.foundation.walls import connecting

# Time is never part of what a test says.
hypothesis.settings.register_profile("porchlight", deadline=None)
hypothesis.settings.load_profile("porchlight")
_directory = Path(tempfile.mkdtemp(prefix="porchlight-tests-"))
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
pytest_addoption = choosing.pytest_addoption
pytest_unconfigure = choosing.pytest_unconfigure
pytest_collection_modifyitems = choosing.pytest_collection_modifyitems


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    choosing.pytest_configure(config)
    settings.PORCHLIGHT = replace(
        settings.PORCHLIGHT, data_dir=_directory, storage_url=backends.storage_url(_directory)
    )


@pytest.fixture(scope="session")
def backend() -> ModuleType:
    """Where processes that a test starts find a database and objects of their own; see `tests.backends`."""
    return backends


# Serving files is the real server's matter; here it would look at the whole bundle for every test client.
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")]
# A command that a test runs sets Django up once more; its log would go to what that test captured, and stay there.
settings.LOGGING_CONFIG = None
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


_emptied = TransactionTestCase._fixture_teardown


def _named(case: TransactionTestCase) -> None:
    """A test with a server of its own empties the database at its end; that is no act of anybody."""
    from porchlight.server.foundation.actions import housekeeping

    with housekeeping("test.empty"):
        _emptied(case)


TransactionTestCase._fixture_teardown = _named
# Rows of a test live in its own transaction, so the agency side gets its wall around that connection.
connecting._way.append(walled.way_in)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """PostgreSQL's databases end with their cluster; SQLite's are in memory."""
    return backends.on_postgres()
