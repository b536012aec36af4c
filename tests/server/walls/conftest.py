from tests.server.accounts.conftest import quick_hashes  # noqa: F401 - and its way of emptying tables
