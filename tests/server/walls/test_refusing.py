"""The database refuses the agency side what its code must not learn, whatever the statement looks like."""

import sqlite3
import threading
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from tests.server.accounts import people

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.consent.models import Invitation, Report
from porchlight.server.disclosures.models import Share
from porchlight.server.footage.models import Upload
from porchlight.server.foundation.actions import audit, emit, housekeeping
from porchlight.server.foundation.models import AuditEntry, OutboxEvent
from porchlight.server.foundation.walls import behind, open_tables, standing, walled_tables
from porchlight.server.foundation.walls.connecting import PastTheWall
from porchlight.server.households.models import Camera, OptOut
from porchlight.server.notifications.models import Notice
from porchlight.server.video_requests.models import VideoRequest

pytestmark = pytest.mark.django_db(transaction=True)

STATEMENTS = {
    "column": "SELECT id FROM households_camera",
    "count": "SELECT count(*) FROM households_camera",
    "no column": "SELECT 1 FROM households_camera",
    "sub-select": "SELECT 1 WHERE EXISTS (SELECT 1 FROM households_camera)",
    "scalar": "SELECT (SELECT count(*) FROM households_optout)",
    "join": "SELECT 1 FROM accounts_user u LEFT JOIN households_camera c ON c.id = u.id",
    "union": "SELECT email FROM accounts_user UNION SELECT CAST(id AS text) FROM households_household",
    "with": "WITH x AS (SELECT id FROM consent_invitation) SELECT * FROM x",
    "insert": "INSERT INTO footage_upload (id) VALUES ('00000000000040008000000000000001')",
    "insert from": "INSERT INTO foundation_ratebucket (key, window_start, count)"
    " SELECT 'stolen', created_at, 1 FROM households_household",
    "update": "UPDATE notifications_notice SET sent_at = NULL",
    "update from": "UPDATE accounts_user SET display_name = (SELECT count(*) FROM notifications_notice)",
    "delete": "DELETE FROM households_optout",
    "alter": "ALTER TABLE households_camera RENAME TO cameras",
    "drop": "DROP TABLE households_camera",
    "trigger table": "CREATE TABLE mine AS SELECT * FROM households_camera",
    "what others did": "SELECT facts FROM foundation_auditentry",
    "what is to be done": "SELECT payload FROM foundation_outboxevent",
    "undo the record": "DELETE FROM foundation_auditentry",
}
ON_SQLITE = {
    "attach": "ATTACH DATABASE ':memory:' AS other",
    "pragma": "PRAGMA writable_schema = ON",
    "table of pages": "SELECT * FROM sqlite_master",
    "view": "CREATE TEMP VIEW v AS SELECT * FROM households_camera",
    "trigger": "CREATE TRIGGER t AFTER INSERT ON accounts_user BEGIN SELECT 1; END",
}
ON_POSTGRESQL = {
    "another role": "SET ROLE porchlight",
    "back": "RESET ROLE; SELECT 1 FROM households_camera",
    "truncate": "TRUNCATE households_camera",
    "copy": "COPY households_camera TO STDOUT",
    "all of a kind": "SELECT * FROM pg_authid",
    "function": "CREATE FUNCTION f() RETURNS int AS 'SELECT 1' LANGUAGE sql SECURITY DEFINER",
}


def run(statement: str) -> None:
    with behind(), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def refused():
    with pytest.raises(DatabaseError, match=r"prohibited|not authorized|permission denied|must be owner"):
        yield


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_past_the_wall_is_refused(name: str) -> None:
    with refused(), housekeeping("test"):
        run(STATEMENTS[name])


@pytest.mark.parametrize("name", ON_SQLITE | ON_POSTGRESQL)
def test_a_statement_that_would_lower_the_wall_is_refused(name: str) -> None:
    own = ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL
    if name in own:
        with refused():
            run(own[name])


def test_every_walled_table_is_refused_and_every_open_one_is_there() -> None:
    for table in walled_tables():
        with refused():
            run(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - our own names
    for table, right in open_tables().items():
        if right.name == "ALL":
            run(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - our own names


@pytest.mark.parametrize("model", [Camera, OptOut, Invitation, Report, Upload, Notice])
def test_the_models_are_refused(model) -> None:
    for ask in (
        model.objects.count,
        model.objects.exists,
        model.objects.first,
        lambda: list(model.objects.all()),
    ):
        with refused(), behind():
            ask()


def test_a_query_that_only_asks_whether_is_refused() -> None:
    asked = Invitation.objects.filter(request_id=OuterRef("pk"))
    with refused(), behind():
        list(VideoRequest.objects.annotate(asked=Exists(asked)))


def test_a_view_of_the_database_shows_nothing_either() -> None:
    """Somebody made it with the right to; it is read without."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIEW asked AS SELECT count(*) AS n FROM consent_invitation")
    try:
        with refused():
            run("SELECT n FROM asked")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP VIEW asked")


def test_the_same_words_said_before_on_another_side_are_refused() -> None:
    """A statement that the owners' side prepared a moment ago is not run again for an agency."""
    statement = "SELECT count(*) FROM households_camera"
    for _ in range(3):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        with refused():
            run(statement)


def test_the_agencys_own_work_goes_on() -> None:
    with behind():
        with transaction.atomic(), housekeeping("test"):
            emit("test", about="nothing")
            audit("test:1")
        assert User.objects.count() == Share.objects.count() == VideoRequest.objects.count() == 0
        with transaction.atomic(), housekeeping("test"):
            emit("test", about="undone")
            transaction.set_rollback(True)
    assert not standing()
    assert OutboxEvent.objects.count() == AuditEntry.objects.count() == 1
    assert Camera.objects.count() == 0


def test_queries_are_counted_behind_the_wall() -> None:
    with behind(), CaptureQueriesContext(connection) as seen:
        User.objects.count()
        assert len(seen) == 1


def test_the_wall_is_not_entered_in_the_middle_of_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(PastTheWall), connection_of_its_own(), behind():
        User.objects.count()


@contextmanager
def connection_of_its_own():
    """As in earnest, whatever the tests do for their own transactions."""
    from porchlight.server.foundation.walls import connecting

    connecting._way.append(connecting.own_connection)
    try:
        yield
    finally:
        connecting._way.pop()


def test_the_agency_sides_connection_is_closed_at_its_end() -> None:
    with behind():
        User.objects.count()
        wrapper, raw = connections["default"], connection.connection
    assert wrapper.connection is None
    if connection.vendor == "sqlite":
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            raw.execute("SELECT 1")


def test_a_thread_that_a_page_begins_finds_no_way_around() -> None:
    """It carries the page's context, and has another connection."""
    from contextvars import copy_context

    found: list[BaseException] = []

    def look() -> None:
        try:
            User.objects.count()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            found.append(error)
        finally:
            connection.close()

    with behind():
        thread = threading.Thread(target=copy_context().run, args=[look])
        thread.start()
        thread.join(60)
    assert [type(error) for error in found] == [PastTheWall]


def test_pages_of_other_sides_stand_in_front_of_the_wall() -> None:
    for side in (Side.RESIDENT, Side.REVIEW, Side.OPERATOR):
        assert people.browser(side).get("/account/login/").status_code == 200
    assert people.browser(Side.AGENCY).get("/account/login/").status_code == 200
