from tests.server.accounts.conftest import now  # noqa: F401 - a fixture
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures
