"""Two words for whoever keeps processes running, and nothing for strangers."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.server.operations import probes, readiness

pytestmark = pytest.mark.django_db
HOSTS = ("localhost", "agency.localhost", "review.localhost", "operator.localhost", "10.0.0.7:8000")


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    probes.forget()
    yield
    probes.forget()


@pytest.mark.parametrize("host", HOSTS)
def test_every_side_and_a_bare_address_answer_alike(host: str) -> None:
    client = Client(headers={"host": host})
    for path, word in (("/healthz", b"ok\n"), ("/readyz", b"ready\n")):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (200, word)
        assert not answer.cookies
        assert set(answer.headers) <= {"Content-Type", "Cache-Control", "Content-Length"}


def test_alive_asks_nobody(client: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        client.get("/healthz")
    assert len(seen) == 0


def test_strangers_cannot_make_it_ask_often(client: Client) -> None:
    client.get("/readyz")
    with CaptureQueriesContext(connection) as seen:
        for _ in range(50):
            client.get("/readyz")
    assert len(seen) == 0


def test_not_ready_says_no_more_than_that(client: Client) -> None:
    broken = patch.object(connection, "cursor", side_effect=DatabaseError("password of porchlight is wrong"))
    with broken:
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    assert client.get("/healthz").status_code == 200


def test_a_database_that_lacks_a_migration_is_not_ready(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)
    newest = next(
        name for app, name in sorted(recorder.applied_migrations(), reverse=True) if app == "footage"
    )
    recorder.record_unapplied("footage", newest)
    assert readiness.missing_migrations() == [f"footage.{newest}"]
    assert client.get("/readyz").status_code == 503
