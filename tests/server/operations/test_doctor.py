"""Each thing that can be amiss is said in a line that tells what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests import backends
from tests.server.consent import arrange

from porchlight.commands import doctor
from porchlight.core.log_entries import EntryKind
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import emit, housekeeping
from porchlight.server.foundation.models import AuditEntry, OutboxEvent
from porchlight.server.foundation.objects import object_store
from porchlight.server.operations import contents
from porchlight.server.transparency.actions import record, sequence
from porchlight.server.transparency.models import Checkpoint, LogEntry, LogNode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, settings):
    tmp_path.chmod(0o700)
    settings.PORCHLIGHT = replace(
        settings.PORCHLIGHT, data_dir=tmp_path, storage_url=f"file://{tmp_path / 'objects'}"
    )
    settings.SECRET_KEY = "a secret of this test, long enough for it"
    object_store.cache_clear()
    yield
    object_store.cache_clear()


def ill() -> dict[str, str]:
    found = {finding.name: finding.todo for finding in doctor.findings() if not finding.ok}
    for name in backends.ills():
        del found[name]
    return found


def entries(count: int = 3) -> None:
    for number in range(count):
        record(kind=EntryKind.REQUEST_SUBMITTED, subject_id=None, body={"n": number})
    sequence()


def test_nothing_to_do_where_all_is_well() -> None:
    entries()
    assert ill() == {}


def a_changed_entry() -> None:
    entry = LogEntry.objects.order_by("index").first()
    entry.body = bytes(entry.body) + b" "
    entry.save()


def a_changed_hash() -> None:
    LogNode.objects.filter(level=1).update(hash=b"\0" * 32)


def a_missing_entry() -> None:
    LogEntry.objects.filter(index=1).delete()


def a_forged_checkpoint() -> None:
    newest = Checkpoint.objects.order_by("-size").first()
    newest.note = newest.note[:-8] + "AAAAAA=\n"
    newest.save()


@pytest.mark.parametrize("damage", [a_changed_entry, a_changed_hash, a_missing_entry, a_forged_checkpoint])
def test_a_damaged_log_is_found(damage: Callable[[], None]) -> None:
    entries(4)
    with housekeeping("test.damage"):
        damage()
    assert set(ill()) == {"log"}


def test_a_lost_log_key_is_found(settings) -> None:
    entries()
    (settings.PORCHLIGHT.data_dir / "log.key").unlink()
    assert set(ill()) == {"log"}


def test_files_that_others_may_read_are_found(settings) -> None:
    settings.PORCHLIGHT.data_dir.chmod(0o755)
    assert "chmod" in ill()["data directory"]


def test_a_short_secret_is_found(settings) -> None:
    settings.SECRET_KEY = "short"
    assert set(ill()) == {"secret"}


def test_objects_and_rows_that_do_not_belong_together_are_found() -> None:
    from porchlight.server.footage.models import Clip

    home = arrange.home()
    nameless = object_store().create()
    with housekeeping("test.lost"):
        Clip.objects.create(
            household_id=home.household_id, object_name="ab" * 16, sealed_size=1, sealed_sha256="", head=b"",
            grant=b"", uploaded_on=clock.now().date(), expires_on=clock.now().date(),
        )  # fmt: skip
    assert set(ill()) == {"rows", "store"}
    assert contents.remove_nameless() == 1
    assert nameless not in set(object_store().names())
    assert set(ill()) == {"rows"}


def test_work_that_nobody_does_is_found() -> None:
    with housekeeping("test.stuck"):
        emit("test.stuck")
        OutboxEvent.objects.update(available_at=clock.now() - timedelta(hours=1))
    assert set(ill()) == {"outbox"}


def test_a_clock_that_went_back_is_found() -> None:
    with housekeeping("test.clock"):
        AuditEntry.objects.create(
            action="test", actor_side="system", subject="test:1", at=clock.now() + timedelta(hours=3)
        )
    assert set(ill()) == {"clock"}


def test_a_mail_server_that_is_away_is_found(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert set(ill()) == {"mail"}


@pytest.mark.django_db(transaction=True)
def test_a_hole_in_the_wall_is_found() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite's wall is built anew for each connection: there is nothing to be left open
    from porchlight.server.foundation.walls import postgres

    with connection.cursor() as cursor:
        cursor.execute(f'GRANT SELECT (id) ON households_camera TO "{postgres.role()}"')
    try:
        assert set(ill()) == {"wall"}
    finally:
        postgres.raise_wall()
    assert ill() == {}
