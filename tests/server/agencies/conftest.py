from tests.server.accounts.conftest import now, quick_hashes  # noqa: F401 - the fixtures of the accounts serve here too
