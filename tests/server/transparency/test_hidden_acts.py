"""The log never grows by what owners are asked, or do."""

from datetime import timedelta

import pytest
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures

from porchlight.server.consent import actions as consent
from porchlight.server.consent.models import Invitation
from porchlight.server.foundation import outbox, worker
from porchlight.server.households import actions as households
from porchlight.server.transparency.actions import sequence
from porchlight.server.transparency.models import LogEntry

pytestmark = pytest.mark.django_db


def test_asking_opting_out_and_reporting_leave_the_log_as_it_was(time, mailoutbox):  # noqa: F811 - the fixture
    owners = [arrange.home(f"owner{number}@example.org") for number in range(3)]
    asked = arrange.approved(by_agency=arrange.agency())
    sequence()
    before = list(LogEntry.objects.values_list("index", "body"))
    for _second in range(40):
        while outbox.run_once(time()):
            pass
        worker.run_once(time())
        time.at += timedelta(minutes=1)
    assert Invitation.objects.filter(request_id=asked.pk).count() == 3
    assert mailoutbox
    households.opt_out(by=arrange.again(owners[0]), scope="all")
    consent.report(
        by=arrange.again(owners[1]), request_id=asked.pk, why="too_wide", text="It is far too wide."
    )
    sequence()
    assert list(LogEntry.objects.values_list("index", "body")) == before
