"""Wrong codes of the second step lock a staff account like wrong passwords, and a lost second step can be reset."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.server.accounts import people
from tests.server.video_requests import town

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import SignIn, User
from porchlight.server.accounts.second_factor import add_authenticator_app, code_at
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.models import Officer
from porchlight.server.foundation import outbox

pytestmark = pytest.mark.django_db


def at_the_second_step(user: User) -> Client:
    cache.clear()
    client = people.browser(Side(user.side))
    people.log_in(client, user.email, people.PASSWORD)
    return client


def gives(client: Client, code: str, path: str = "/account/second-step/authenticate/") -> int:
    cache.clear()  # the framework's own limit for a few minutes is another matter
    return client.post(path, {"code": code}).status_code


def right_code() -> str:
    return code_at(people.SECRET, time.time())


def is_locked(user: User) -> bool:
    user.refresh_from_db()
    return user.locked_at is not None


def test_the_fifth_wrong_code_locks_and_not_the_fourth(now: people.TestClock) -> None:
    rae = people.staff("rae@desk.example")
    client = at_the_second_step(rae)
    for _ in range(4):
        assert gives(client, "000000") == 200
    assert not is_locked(rae)
    assert gives(client, "000000") == 200
    assert is_locked(rae)
    assert gives(client, right_code()) == 200, "a locked account refuses its right code too"


def test_a_right_password_between_gives_no_more_tries(now: people.TestClock) -> None:
    rae = people.staff("rae@desk.example")
    for _ in range(2):
        client = at_the_second_step(rae)
        for _ in range(2):
            gives(client, "000000")
    gives(at_the_second_step(rae), "000000")
    assert is_locked(rae)


def test_a_right_code_ends_the_count(now: people.TestClock) -> None:
    rae = people.staff("rae@desk.example")
    client = at_the_second_step(rae)
    for _ in range(4):
        gives(client, "000000")
    assert gives(client, right_code()) == 302
    client = at_the_second_step(rae)
    gives(client, "000000")
    assert not is_locked(rae)


def test_wrong_codes_count_in_an_open_session_too(now: people.TestClock) -> None:
    rae = people.staff("rae@desk.example")
    client = people.signed_in(rae)
    for _ in range(5):
        gives(client, "000000", "/account/second-step/reauthenticate/")
    assert is_locked(rae)


def test_unlocking_ends_both_counts(now: people.TestClock) -> None:
    rae = people.staff("rae@desk.example")
    client = at_the_second_step(rae)
    for _ in range(5):
        gives(client, "000000")
    actions.unlock(user_id=rae.pk, by=None)
    gives(at_the_second_step(rae), "000000")
    assert not is_locked(rae)


def test_a_residents_wrong_codes_lock_nothing(now: people.TestClock) -> None:
    ann = people.resident()
    add_authenticator_app(ann, people.SECRET)
    client = at_the_second_step(ann)
    for _ in range(6):
        gives(client, "000000")
    assert not is_locked(ann)


# -- a lost phone -----------------------------------------------------------------------------------------------------
def operator(*, fresh: bool) -> Actor:
    return Actor(
        Side.OPERATOR,
        Role.OPERATOR,
        user_id=people.OPERATOR.user_id,
        second_factor=True,
        fresh_factor=fresh,
    )


def test_an_operator_resets_a_reviewers_second_step(
    now: people.TestClock, django_capture_on_commit_callbacks: Any
) -> None:
    rae = people.staff("rae@desk.example")
    client = people.signed_in(rae)
    actions.reset_staff_second_factor(user_id=rae.pk, by=operator(fresh=True))
    rae.refresh_from_db()
    assert not rae.has_usable_password()
    assert not Authenticator.objects.filter(user=rae).exists()
    assert not SignIn.objects.filter(user=rae).exists()
    assert client.get("/").status_code == 302
    outbox.run_once(now())
    assert mail.outbox[-1].to == [rae.email]
    assert "/account/password/reset/" in mail.outbox[-1].body
    with django_capture_on_commit_callbacks(execute=True):
        people.browser(Side.REVIEW).post("/account/password/reset/", {"email": rae.email})
    assert "/account/password/reset/key/" in mail.outbox[-1].body, "the mail's way back is open"


def test_the_operators_own_second_step_is_asked_first(now: people.TestClock) -> None:
    rae = people.staff("rae@desk.example")
    with pytest.raises(Refused) as refused:
        actions.reset_staff_second_factor(user_id=rae.pk, by=operator(fresh=False))
    assert [each.code for each in refused.value.reasons] == ["second_factor_again"]


def _admin(agents: town.Agents, *, fresh: bool) -> Actor:
    return Actor(
        Side.AGENCY,
        Role.OFFICER,
        user_id=agents.supervisor.user_id,
        agency_id=agents.officer.agency_id,
        second_factor=True,
        fresh_factor=fresh,
        also=frozenset({Role.AGENCY_ADMIN}),
    )


def test_an_administrator_resets_an_officers_but_nobody_their_own(now: people.TestClock) -> None:
    agents, other = town.make_agency(), town.make_agency("WI0990200")
    officer = Officer.objects.get(user_id=agents.officer.user_id)
    agencies.reset_second_factor(officer_id=officer.pk, by=_admin(agents, fresh=True))
    assert not User.objects.get(pk=officer.user_id).has_usable_password()
    own = Officer.objects.get(user_id=agents.supervisor.user_id)
    with pytest.raises(Refused):
        agencies.reset_second_factor(officer_id=own.pk, by=_admin(agents, fresh=True))
    foreign = Officer.objects.get(user_id=other.officer.user_id)
    with pytest.raises(NotFound):
        agencies.reset_second_factor(officer_id=foreign.pk, by=_admin(agents, fresh=True))


def test_roles_change_only_with_the_second_step_entered_again(now: people.TestClock) -> None:
    agents = town.make_agency()
    officer = Officer.objects.get(user_id=agents.officer.user_id)
    roles = {"is_supervisor": True, "is_custodian": False, "is_admin": False}
    with pytest.raises(Refused) as refused:
        agencies.change_roles(officer_id=officer.pk, by=_admin(agents, fresh=False), **roles)
    assert [each.code for each in refused.value.reasons] == ["second_factor_again"]
    agencies.change_roles(officer_id=officer.pk, by=_admin(agents, fresh=True), **roles)
    officer.refresh_from_db()
    assert officer.is_supervisor
