"""Five wrong passwords in fifteen minutes lock a staff account; residents are slowed down."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.server.accounts.people import OPERATOR, PASSWORD, browser, log_in, resident, staff

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import FailedSignIn, User
from porchlight.server.foundation import clock, outbox
from porchlight.server.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


def fail(email: str, times: int, side: Side = Side.REVIEW) -> None:
    for _ in range(times):
        cache.clear()  # the limit for one computer is another matter
        log_in(browser(side), email, "not the password")


def is_locked(user: User) -> bool:
    user.refresh_from_db()
    return user.locked_at is not None


def signs_in(user: User) -> bool:
    cache.clear()
    return log_in(browser(Side(user.side)), user.email, PASSWORD).status_code == 302


def test_the_fifth_wrong_password_locks_and_not_the_fourth(now):
    rae = staff("rae@desk.example")
    fail(rae.email, 4)
    assert not is_locked(rae)
    fail(rae.email, 1)
    assert is_locked(rae)
    assert not signs_in(rae)


def test_five_within_fifteen_minutes_count_and_no_longer(now):
    rae = staff("rae@desk.example")
    fail(rae.email, 1)
    now.forward(minutes=15)
    fail(rae.email, 4)
    assert not is_locked(rae), "the first is fifteen minutes old"
    now.forward(minutes=14, seconds=59)
    fail(rae.email, 1)
    assert is_locked(rae)


def test_a_right_password_ends_the_count(now):
    rae = staff("rae@desk.example")
    fail(rae.email, 4)
    assert signs_in(rae)
    fail(rae.email, 4)
    assert not is_locked(rae)


def test_a_lock_holds_until_somebody_opens_it(now):
    rae = staff("rae@desk.example")
    fail(rae.email, 5)
    now.forward(days=30)
    assert not signs_in(rae)
    actions.unlock_staff(user_id=rae.pk, by=OPERATOR)
    assert signs_in(rae)


def test_locked_wrong_and_unknown_are_one_answer(now):
    rae = staff("rae@desk.example")
    before = log_in(browser(Side.REVIEW), rae.email, "wrong once").context["form"].errors
    fail(rae.email, 4)
    cache.clear()
    locked_right = log_in(browser(Side.REVIEW), rae.email, PASSWORD).context["form"].errors
    locked_wrong = log_in(browser(Side.REVIEW), rae.email, "wrong again").context["form"].errors
    unknown = log_in(browser(Side.REVIEW), "nobody@desk.example", PASSWORD).context["form"].errors
    assert before == locked_right == locked_wrong == unknown
    assert "administrator can unlock it" in str(before)


def test_an_unknown_address_costs_the_database_the_same(now):
    staff("rae@desk.example")
    log_in(browser(Side.REVIEW), "warm@up.example", "the computer's own count has its row now")
    statements = []
    for email in ("rae@desk.example", "nobody@desk.example"):
        with CaptureQueriesContext(connection) as seen:
            log_in(browser(Side.REVIEW), email, "not the password")
        statements.append([each["sql"].split(" ")[0] for each in seen.captured_queries])
    assert statements[0] == statements[1]
    assert FailedSignIn.objects.count() == 3


def test_only_the_owner_hears_of_the_lock(now):
    rae = staff("rae@desk.example")
    fail(rae.email, 5)
    while outbox.run_once(clock.now()):
        pass
    assert [message.to for message in mail.outbox] == [[rae.email]]
    assert "locked" in mail.outbox[0].subject
    assert [
        entry.facts["event"] for entry in AuditEntry.objects.filter(action="account.note_wrong_password")
    ] == ["locked"]


def test_locking_leaves_passkeys_and_open_sessions_alone(now):
    from tests.server.accounts.people import signed_in

    rae = staff("rae@desk.example")
    client = signed_in(rae)
    fail(rae.email, 5)
    assert client.get("/account/second-step/").status_code == 200


def test_residents_are_slowed_down_and_never_locked(now):
    ann = resident()
    for _ in range(5):
        log_in(browser(Side.RESIDENT), ann.email, "not the password")
    answer = log_in(browser(Side.RESIDENT), ann.email, PASSWORD)
    assert "too many tries" in str(answer.context["form"].errors)
    assert not is_locked(ann)
    assert not FailedSignIn.objects.exists()
    assert signs_in(ann), "the limit is over"


def test_a_computer_that_tries_many_accounts_is_slowed_down(now):
    answers = [log_in(browser(Side.REVIEW), f"{n}@desk.example", "guess") for n in range(11)]
    assert "too many tries" in str(answers[-1].context["form"].errors)
    assert "too many tries" not in str(answers[-2].context["form"].errors)


@pytest.mark.parametrize(
    "by",
    [
        Actor(Side.REVIEW, Role.REVIEWER, user_id="1", second_factor=True),
        Actor(
            Side.AGENCY, Role.OFFICER, user_id="1", second_factor=True, also=frozenset({Role.AGENCY_ADMIN})
        ),
        Actor(Side.RESIDENT, Role.RESIDENT, user_id="1", second_factor=True),
        Actor(Side.OPERATOR, Role.OPERATOR, user_id="1", second_factor=False),
    ],
)
def test_only_an_operator_unlocks_a_reviewer(by):
    rae = staff("rae@desk.example")
    with pytest.raises(NotFound):
        actions.unlock_staff(user_id=rae.pk, by=by)
    with pytest.raises(NotFound):
        actions.remove_staff(user_id=rae.pk, by=by)


def test_nobody_unlocks_or_removes_themself():
    olga = staff("olga@console.example", Side.OPERATOR)
    by = Actor(Side.OPERATOR, Role.OPERATOR, user_id=str(olga.pk), second_factor=True)
    for act in (actions.unlock_staff, actions.remove_staff):
        with pytest.raises(Refused):
            act(user_id=olga.pk, by=by)
