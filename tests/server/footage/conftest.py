from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures
