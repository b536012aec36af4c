"""Planted holes: a page of the agency side that would read an owner's table is stopped by the database, not by us."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from tests.server.accounts import people
from tests.server.video_requests import town

from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.consent.models import Invitation
from porchlight.server.foundation import clock, outbox
from porchlight.server.foundation.actions import emit, housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.households.models import Camera
from porchlight.server.portals.agency import home
from porchlight.server.video_requests.actions.telling import MAIL_TOPIC

pytestmark = pytest.mark.django_db(transaction=True)


def _raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notifications_notice")


HOLES: dict[str, Callable[[], object]] = {
    "count": Invitation.objects.count,
    "list": lambda: list(Camera.objects.all()),
    "raw cursor": _raw,
}


@pytest.fixture
def officer() -> Iterator[Client]:
    with clock.use_clock(town.Clock()):
        actor = town.make_agency().officer
        user = User.objects.get(pk=actor.user_id)
        add_authenticator_app(user, people.SECRET)
        client = people.signed_in(user)
        client.raise_request_exception = False
        yield client


def test_the_page_without_a_hole_answers(officer: Client) -> None:
    assert officer.get("/settings/").status_code == 200


@pytest.mark.parametrize("hole", HOLES)
def test_a_page_with_a_hole_fails_and_says_so(hole: str, officer: Client, monkeypatch, caplog) -> None:
    """500: it is a bug of ours, and the log names the table."""
    real = home.my_agency
    monkeypatch.setattr(home, "my_agency", lambda actor: (HOLES[hole](), real(actor))[1])
    with caplog.at_level(logging.ERROR):
        answer = officer.get("/settings/")
    assert answer.status_code == 500
    assert any(
        table in caplog.text for table in ("consent_invitation", "households_camera", "notifications_notice")
    )
    assert officer.get("/keys/").status_code in {200, 302}


def test_what_a_page_sends_piece_by_piece_stands_behind_the_wall_too(officer: Client, monkeypatch) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"first"
        yield str(Invitation.objects.count()).encode()

    monkeypatch.setattr(home, "render", lambda *_: StreamingHttpResponse(pieces()))
    answer = officer.get("/settings/")
    with pytest.raises(Exception, match=r"prohibited|not authorized|permission denied"):
        answer.getvalue()
    assert Invitation.objects.count() == 0


def test_mail_to_an_agency_is_written_behind_the_wall(monkeypatch) -> None:
    """A handler that would read an owner's table fails, and its mail never leaves."""
    tried: list[str] = []

    def mail(event: OutboxEvent, _now: datetime) -> bool:
        tried.append(event.topic)
        return Invitation.objects.count() == 0

    monkeypatch.setattr(outbox, "_handlers", dict(outbox._handlers))
    monkeypatch.setattr(outbox, "_for_agency", set(outbox._for_agency))
    outbox.handler("test.mail", for_agency=True)(mail)
    outbox.handler("test.other")(mail)
    for topic, done in (("test.mail", False), ("test.other", True)):
        with housekeeping("test"):
            emit(topic)
        outbox.run_once(clock.now())
        assert OutboxEvent.objects.filter(topic=topic, done_at=None).exists() is not done
    assert tried == ["test.mail", "test.other"]


def test_every_mail_to_an_agencys_people_is_written_there() -> None:
    assert outbox._for_agency >= {"share.received", MAIL_TOPIC, "agencies.invited"}
