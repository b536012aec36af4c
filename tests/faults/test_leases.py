"""On SQLite leases of a dead worker are free at the next start, never while another runs; on PostgreSQL they run out."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures

from porchlight.server.consent import tasks as asking
from porchlight.server.foundation import clock, leases, outbox
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.notifications import actions
from porchlight.server.notifications.models import Notice
from porchlight.server.video_requests.access import open_request

pytestmark = pytest.mark.django_db
ON_SQLITE = pytest.mark.sqlite


def asked(homes: int) -> None:
    arrange.many_homes(count=homes)
    request = arrange.approved(by_agency=arrange.agency())
    asking.ask_some(open_request(request.pk), None)
    with housekeeping("test"):
        Notice.objects.update(send_at=clock.now())


@ON_SQLITE
def test_a_lone_start_frees_what_the_dead_had_taken(tmp_path: Path, time) -> None:  # noqa: F811
    asked(3)
    with housekeeping("test"):
        OutboxEvent.objects.update(leased_until=time() + outbox.LEASE)
    assert len(actions.claim_due(now=time())) == 3
    assert actions.claim_due(now=time()) == []
    with leases.working(tmp_path):
        assert len(actions.claim_due(now=time())) == 3
        assert not OutboxEvent.objects.exclude(leased_until=None).exists()


@ON_SQLITE
def test_a_second_worker_leaves_the_first_ones_work_alone(tmp_path: Path, time) -> None:  # noqa: F811
    asked(3)
    with leases.working(tmp_path):
        actions.claim_due(now=time())
        with leases.working(tmp_path):
            assert actions.claim_due(now=time()) == []
        assert actions.claim_due(now=time()) == []
    with leases.working(tmp_path):
        assert len(actions.claim_due(now=time())) == 3


def test_a_pause_after_a_refusal_is_no_lease(tmp_path: Path, time) -> None:  # noqa: F811
    asked(1)
    (notice,) = actions.claim_due(now=time())
    actions.mark_refused(notice=notice, now=time())
    with leases.working(tmp_path):
        assert actions.claim_due(now=time()) == []
    time.pass_(minutes=3)
    assert [each.pk for each in actions.claim_due(now=time())] == [notice.pk]


@ON_SQLITE
def test_the_lock_of_a_killed_process_is_gone(tmp_path: Path, time) -> None:  # noqa: F811
    """The lock belongs to the open file, so it ends with the process: no stale file can keep leases alive."""
    (tmp_path / leases.LOCK_FILE).write_text("left behind")
    asked(1)
    actions.claim_due(now=time())
    with leases.working(tmp_path):
        assert len(actions.claim_due(now=time() + timedelta(seconds=1))) == 1


@pytest.mark.postgres
def test_a_dead_workers_lease_runs_out_where_workers_stand_on_many_machines(tmp_path: Path, time) -> None:  # noqa: F811
    asked(3)
    assert len(actions.claim_due(now=time())) == 3
    with leases.working(tmp_path):
        assert actions.claim_due(now=time() + actions.LEASE) == []
        assert len(actions.claim_due(now=time() + actions.LEASE + timedelta(seconds=1))) == 3
