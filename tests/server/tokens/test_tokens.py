"""What a token opens, what it never does, and what ends it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from tests.server.accounts import people
from tests.server.video_requests import town

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Role, Side
from porchlight.server.accounts import actions as accounts
from porchlight.server.accounts.models import User
from porchlight.server.accounts.second_factor import add_authenticator_app
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.access import agency_facts, current_key, key_recipients_for_request, team
from porchlight.server.agencies.models import Officer
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.clock import use_clock
from porchlight.server.tokens import access, actions
from porchlight.server.tokens.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    moved = town.Clock()
    with use_clock(moved):
        yield moved


@pytest.fixture
def agents(clock) -> town.Agents:
    made = town.make_agency()
    for actor in (made.officer, made.supervisor):
        add_authenticator_app(User.objects.get(pk=actor.user_id), people.SECRET)
    return made


def make(actor, *scopes: str, **more) -> str:
    return actions.make_token(
        name="Records", scopes=scopes or ["requests:read"], by=town.fresh(actor), **more
    ).secret


def ask(secret: str, path: str = "requests", method: str = "get", side: Side = Side.AGENCY, **body):
    browser = Client(headers={"host": people.HOSTS[side], "authorization": f"Bearer {secret}"})
    sent = {"data": json.dumps(body), "content_type": "application/json"} if method == "post" else {}
    return getattr(browser, method)(f"/api/v1/{path}", **sent)


def codes(response) -> list[str]:
    return [each["code"] for each in response.json()["refused"]]


def test_a_token_acts_for_its_person(agents, clock) -> None:
    own, other = town.save(agents.officer), town.submitted(agents)
    found = ask(make(agents.officer)).json()["items"]
    assert {each["id"] for each in found} == {str(own.pk), str(other.pk)}


def test_the_secret_is_kept_nowhere(agents, clock) -> None:
    secret = make(agents.officer)
    [row] = Token.objects.values()
    assert secret not in str(row)
    assert secret[len("porchlight_") :] not in str(row)


def test_without_the_scope_it_says_which(agents, clock) -> None:
    answer = ask(make(agents.officer), "shares")
    assert (answer.status_code, codes(answer)) == (403, ["token_scope_missing"])
    assert answer.json()["refused"][0]["params"] == {"scope": "shares:read"}


def test_no_person_can_give_the_scope_that_hands_out_keys(agents, clock) -> None:
    with pytest.raises(Refused, match="token_scopes_unknown"):
        make(agents.supervisor, "shares:open")


@pytest.mark.parametrize("path", ["sign", "send-back"])
def test_what_needs_a_person_is_refused_to_tokens(agents, clock, path: str) -> None:
    asked = town.submitted(agents)
    secret = make(agents.supervisor, "requests:read", "requests:write")
    answer = ask(secret, f"requests/{asked.pk}/{path}", "post", version=2, note="Please say why.")
    assert (answer.status_code, codes(answer)) == (403, ["needs_a_person"])
    asked.refresh_from_db()
    assert asked.state == "submitted"


def test_a_token_makes_no_tokens(agents, clock) -> None:
    acting = replace(town.fresh(agents.officer), token_id="00000000-0000-4000-8000-000000000001")
    with pytest.raises(Refused, match="needs_a_person"):
        actions.make_token(name="More", scopes=["requests:read"], by=acting)


def test_making_one_needs_the_second_factor_again(agents, clock) -> None:
    with pytest.raises(Refused, match="second_factor_again"):
        actions.make_token(name="More", scopes=["requests:read"], by=agents.officer)


@pytest.mark.parametrize("days", [0, -1, 366, 10**6])
def test_no_token_holds_longer_than_a_year(agents, clock, days: int) -> None:
    with pytest.raises(Refused, match="token_days"):
        make(agents.officer, days=days)


def password_changes(officer: User, _token) -> None:
    officer.set_password("another lamp at the gate")
    officer.save()


def locked(officer: User, _token) -> None:
    with housekeeping("test"):
        User.objects.filter(pk=officer.pk).update(locked_at=town.NOW)


def removed(officer: User, _token) -> None:
    agencies.remove_officer(officer_id=officer.officer.pk, by=None)


def opened_again(officer: User, _token) -> None:
    """The account was closed, and an invitation opened it anew."""
    accounts.close_account(user_id=officer.pk, by=None)
    with housekeeping("test"):
        User.objects.filter(pk=officer.pk).update(is_active=True)


def second_factor_gone(officer: User, _token) -> None:
    officer.authenticator_set.all().delete()


def ended(officer: User, token) -> None:
    actions.revoke_token(token_id=token, by=town.fresh(replace(_actor(officer))))


def _actor(user: User):
    from porchlight.server.accounts import actors

    return actors.resolve(user)


@pytest.mark.parametrize(
    "event", [password_changes, locked, removed, opened_again, second_factor_gone, ended]
)
def test_what_ends_a_token(agents, clock, event) -> None:
    secret = make(agents.officer)
    assert ask(secret).status_code == 200
    event(User.objects.get(pk=agents.officer.user_id), Token.objects.get().pk)
    answer = ask(secret)
    assert (answer.status_code, codes(answer)) == (401, ["token_unknown"])


def test_it_works_again_once_a_lock_is_lifted(agents, clock) -> None:
    secret = make(agents.officer)
    locked(User.objects.get(pk=agents.officer.user_id), None)
    accounts.unlock(user_id=User.objects.get(pk=agents.officer.user_id).pk, by=None)
    assert ask(secret).status_code == 200


def test_its_day_comes(agents, clock) -> None:
    secret = make(agents.officer, days=30)
    clock.advance(days=29)
    assert ask(secret).status_code == 200
    clock.advance(days=1)
    assert ask(secret).status_code == 401


def test_it_opens_nothing_on_another_side_and_nothing_but_the_api(agents, clock) -> None:
    secret = make(agents.officer)
    assert ask(secret, side=Side.REVIEW).status_code == 401
    assert ask(secret, side=Side.RESIDENT).status_code == 401
    browser = Client(headers={"host": people.HOSTS[Side.AGENCY], "authorization": f"Bearer {secret}"})
    assert browser.get("/requests/").status_code == 302


def test_a_false_token_is_not_helped_by_a_session(agents, clock) -> None:
    """Nor does a token's header spare a session the page's own token."""
    browser = people.signed_in(User.objects.get(pk=agents.officer.user_id))
    browser.handler.enforce_csrf_checks = True
    assert browser.get("/api/v1/requests").status_code == 200
    forged = {"data": "{}", "content_type": "application/json"}
    refused = browser.post("/api/v1/requests", **forged)
    assert (refused.status_code, codes(refused)) == (403, ["csrf_failed"])
    answer = browser.post("/api/v1/requests", headers={"authorization": "Bearer nonsense"}, **forged)
    assert answer.status_code == 401


def test_only_the_day_of_the_last_use_is_kept(agents, clock) -> None:
    secret = make(agents.officer)
    ask(secret)
    [entry] = access.tokens_of(agents.officer)
    assert entry.last_used_on == town.NOW.date()


def test_too_often_is_said_with_when_to_come_back(agents, clock, monkeypatch) -> None:
    monkeypatch.setattr("porchlight.server.portals.api.doors.MOST_A_MINUTE", 2)
    secret = make(agents.officer)
    assert [ask(secret).status_code for _ in range(3)] == [200, 200, 429]
    assert int(ask(secret)["Retry-After"]) >= 60
    clock.advance(minutes=1)
    assert ask(secret).status_code == 200


def test_every_answer_of_the_agencys_api_leaves_no_traces(agents, clock) -> None:
    secret = make(agents.officer)
    for path in ("requests", "shares", "openapi.json", "", "nothing", "requests/nothing"):
        answer = ask(secret, path)
        assert answer["Cache-Control"] == "no-store", path
        assert not {"ETag", "Last-Modified"} & set(answer.headers), path


def test_numbers_that_no_database_takes_are_refused(agents, clock) -> None:
    secret = make(agents.officer, "requests:write")
    browser = Client(headers={"host": people.HOSTS[Side.AGENCY], "authorization": f"Bearer {secret}"})
    for body in ('{"area": {"a": NaN}}', '{"area": {"a": 1e999}}', "{", '"x"', '{"offense": "\\u0000"}'):
        answer = browser.post("/api/v1/requests", body, content_type="application/json")
        assert answer.status_code in {400, 422}, body


# -- evidence systems ------------------------------------------------------------------------------------------------
RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


@pytest.fixture
def admin(agents):
    with housekeeping("test"):
        Officer.objects.filter(user_id=agents.clerk.user_id).update(is_admin=True)
    return town.fresh(replace(agents.clerk, also=agents.clerk.also | {Role.AGENCY_ADMIN}))


def test_a_system_is_a_custodian_that_counts_as_nobody(agents, admin) -> None:
    before = agency_facts(agents.agency.pk)
    agencies.add_system(name="Vault", recipient=RECIPIENT, by=admin)
    after = agency_facts(agents.agency.pk)
    assert (before.officers, before.custodians_with_keys) == (after.officers, after.custodians_with_keys)
    assert RECIPIENT in {each.recipient for each in key_recipients_for_request(agents.officer)}
    assert [each.name for each in team(admin) if each.is_system] == ["Vault"]


def test_a_system_asks_nothing_and_signs_nothing(agents, admin, clock) -> None:
    secret = agencies.add_system(name="Vault", recipient=RECIPIENT, by=admin).secret
    assert ask(secret, "shares").status_code == 200
    assert codes(ask(secret)) == ["token_scope_missing"]
    assert codes(ask(secret, "requests", "post")) == ["token_scope_missing"]
    system = Officer.objects.get(is_system=True)
    with pytest.raises(NotFound):
        agencies.change_roles(
            officer_id=system.pk, is_supervisor=True, is_custodian=True, is_admin=True, by=admin
        )
    assert not Officer.objects.filter(is_system=True, is_supervisor=True).exists()


def test_nobody_signs_in_as_a_system(agents, admin, clock) -> None:
    agencies.add_system(name="Vault", recipient=RECIPIENT, by=admin)
    user = Officer.objects.get(is_system=True).user
    answer = people.log_in(people.browser(Side.AGENCY), user.email, "")
    assert answer.status_code == 200
    assert not user.has_usable_password()


@pytest.mark.parametrize("recipient", [RECIPIENT[:-1] + "q", RECIPIENT + "\n", "age1", RECIPIENT.upper()])
def test_a_mistyped_key_is_refused(admin, recipient: str) -> None:
    """It would stand in the way of every later request."""
    with pytest.raises(Refused, match="key_recipient_malformed"):
        agencies.add_system(name="Vault", recipient=recipient, by=admin)


def test_only_an_administrator_with_a_fresh_second_factor_adds_one(agents, admin) -> None:
    with pytest.raises(Refused, match="second_factor_again"):
        agencies.add_system(name="Vault", recipient=RECIPIENT, by=replace(admin, fresh_factor=False))
    with pytest.raises(NotFound):
        agencies.add_system(name="Vault", recipient=RECIPIENT, by=town.fresh(agents.supervisor))


def test_who_is_removed_is_wrapped_to_no_more(agents, admin) -> None:
    agencies.add_system(name="Vault", recipient=RECIPIENT, by=admin)
    agencies.remove_officer(officer_id=Officer.objects.get(is_system=True).pk, by=admin)
    assert RECIPIENT not in {each.recipient for each in key_recipients_for_request(agents.officer)}
    assert current_key(agents.officer) is not None


def test_a_page_after_the_confirmation_goes_on(agents, clock) -> None:
    """What was sent before the second factor was asked for is done after it, though the actor was read before."""
    user = User.objects.get(pk=agents.officer.user_id)
    browser = people.signed_in(user)
    sent = {"name": "Records", "scopes": ["requests:read"], "days": "30"}
    asked = browser.post("/tokens/make/", sent)
    assert asked.status_code == 302
    confirmed = people.signed_in(user, confirmed=True)
    made = confirmed.post("/tokens/make/", sent)
    assert made.status_code == 201
    assert "porchlight_" in made.content.decode()
    assert timedelta(days=29) < Token.objects.get().expires_at - town.NOW <= timedelta(days=30)


@pytest.mark.parametrize("path", ["/tokens/", "/team/systems/add/"])
def test_nothing_about_a_token_is_chosen_beforehand(path, agents, admin, clock) -> None:
    user = User.objects.get(pk=admin.user_id)
    add_authenticator_app(user, people.SECRET)
    browser = people.signed_in(user, confirmed=True)
    page = browser.get(path).content.decode()
    assert 'name="days"' in page
    assert "checked" not in page
    where = {"/tokens/": "/tokens/make/"}.get(path, path)
    said = browser.post(where, {"name": "Records", "scopes": ["requests:read"], "recipient": RECIPIENT})
    assert said.status_code == 422
    assert "Choose when it ends." in said.content.decode()
    assert not Token.objects.exists()
