"""A share's life: received, opened, taken back, run out; who may, and what custody keeps of it."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from tests.server.disclosures.sharing import SEALED, put, share
from tests.server.video_requests import town

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import ANYONE, Role
from porchlight.server.agencies.models import Officer
from porchlight.server.disclosures import access, actions
from porchlight.server.disclosures.models import CustodyEntry, Share
from porchlight.server.disclosures.tasks import end_what_ran_out, forget_keys_of_the_past
from porchlight.server.foundation import outbox
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import AuditEntry
from porchlight.server.foundation.objects import object_store
from porchlight.server.transparency.models import LogEntry
from porchlight.server.video_requests import actions as requests
from porchlight.server.video_requests.models import KeyWrap


def drain(clock) -> None:
    while outbox.run_once(clock()):
        pass


def events(share_id) -> list[str]:
    return [line.event for line in access.custody_for_owner(share_id).lines]


def codes(refused) -> list[str]:
    return [each.code for each in refused.value.reasons]


# -- receiving ------------------------------------------------------------------------------------------------------
def test_a_share_is_told_to_who_asked_and_who_signed_and_nothing_more(agents, request_, clock):
    drain(clock)
    mail.outbox.clear()
    shared = share(request_)
    drain(clock)
    assert {each.to[0] for each in mail.outbox} == {
        f"officer@{agents.agency.ori.lower()}.example",
        f"supervisor@{agents.agency.ori.lower()}.example",
    }
    for each in mail.outbox:
        assert "AF-26-01734" in each.subject
        assert f"/shared/{shared.pk}/" in each.body
        assert not any(word in each.body for word in ("1 ", "videos", "owners were"))


def test_a_mail_that_is_sent_again_bears_the_same_message_id(agents, request_, clock, settings):
    from porchlight.server.disclosures.tasks import tell_officers
    from porchlight.server.foundation.models import OutboxEvent

    drain(clock)
    mail.outbox.clear()
    share(request_)
    event = OutboxEvent.objects.get(topic="share.received")
    tell_officers(event, clock())
    tell_officers(event, clock())
    ids = [each.extra_headers["Message-ID"] for each in mail.outbox]
    assert len(ids) == 4
    assert ids[:2] == ids[2:]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sealed_size": 1},
        {"envelope": b""},
        {"envelope": b"x" * 70_000},
        {"head": b""},
        {"head": b"x" * 70_000},
    ],
)
def test_a_broken_share_is_refused_and_nothing_is_kept(request_, wrong):
    with pytest.raises(Refused) as refused:
        share(request_, **wrong)
    assert codes(refused) == ["share_broken"]
    assert not Share.objects.exists()
    assert not CustodyEntry.objects.exists()


def test_an_absent_object_is_not_found(request_):
    with pytest.raises(NotFound):
        share(request_, object_name="0" * 32)


def test_the_log_does_not_grow_by_a_share_an_opening_a_withdrawal_or_an_end(agents, request_, clock):
    before = LogEntry.objects.count()
    first, second = share(request_), share(request_)
    actions.open_key(share_id=first.pk, by=agents.officer)
    actions.withdraw(share_id=first.pk)
    clock.advance(days=181)
    actions.expire(now=clock())
    drain(clock)
    assert second.pk
    assert LogEntry.objects.count() == before


# -- who may read and open --------------------------------------------------------------------------------------------
def test_who_asked_signed_or_keeps_evidence_may_read_and_no_one_else(agents, strangers, request_):
    shared = share(request_)
    for actor in (agents.officer, agents.supervisor, agents.clerk):
        assert access.share_for(actor, shared.pk).id == shared.pk
        assert [each.id for each in access.shares_of(actor)] == [shared.pk]
    admin = replace(agents.colleague, also=frozenset({Role.AGENCY_ADMIN}))
    one_factor = replace(agents.officer, second_factor=False)
    for actor in (
        agents.colleague,
        admin,
        one_factor,
        strangers.officer,
        strangers.clerk,
        ANYONE,
        town.make_reviewer("R"),
    ):
        assert not access.shares_of(actor)
        for read in (access.share_for, access.custody, access.openable_size, access.own_recipients):
            with pytest.raises(NotFound):
                read(actor, shared.pk)
        with pytest.raises(NotFound):
            access.sealed_range(actor, shared.pk, 0, 1)
        for act in (actions.open_key, actions.note_fetch):
            with pytest.raises(NotFound):
                act(share_id=shared.pk, by=actor)
        with pytest.raises(NotFound):
            actions.report_event(share_id=shared.pk, event="played", by=actor)
    assert events(shared.pk) == ["shared"]


def test_absent_and_forbidden_are_one_answer(agents, strangers, request_):
    shared = share(request_)
    for share_id in (shared.pk, uuid.uuid4()):
        with pytest.raises(NotFound) as error:
            access.share_for(strangers.officer, share_id)
        assert str(error.value) == ""


def test_opening_hands_out_the_officers_own_wrap_and_records_it_first(agents, request_, clock):
    shared = share(request_)
    clock.advance(minutes=5)
    opening = actions.open_key(share_id=shared.pk, by=agents.officer)
    assert opening.envelope == b"sealed to Q"
    own = access.own_recipients(agents.officer, shared.pk)
    assert tuple(each.recipient for each in opening.wraps) == own
    assert len(own) == 1
    shared.refresh_from_db()
    assert shared.key_first_fetched_at == clock()
    line = access.custody(agents.officer, shared.pk).lines[-1]
    assert (line.event, line.name, line.seen_by_server) == ("key_opened", "Det. Officer (demo)", True)
    assert AuditEntry.objects.filter(action="share.open", actor_id=agents.officer.user_id).count() == 1


def test_each_custodian_has_another_wrap(agents, request_):
    shared = share(request_)
    wraps = {actions.open_key(share_id=shared.pk, by=each).wraps for each in (agents.officer, agents.clerk)}
    assert len(wraps) == 2


def test_a_custodian_who_came_later_holds_no_key_and_is_told_so(agents, request_):
    shared = share(request_)
    with housekeeping("test"):
        KeyWrap.objects.filter(officer_key__officer__user_id=agents.clerk.user_id).delete()
    with pytest.raises(Refused) as refused:
        actions.open_key(share_id=shared.pk, by=agents.clerk)
    assert codes(refused) == ["no_key_for_request"]
    assert events(shared.pk) == ["shared"]


# -- custody ----------------------------------------------------------------------------------------------------------
def test_custody_tells_what_the_server_saw_from_what_the_browser_says(agents, request_):
    shared = share(request_)
    actions.open_key(share_id=shared.pk, by=agents.officer)
    actions.note_fetch(share_id=shared.pk, by=agents.officer)
    for event in ("opened", "played", "verified", "downloaded"):
        actions.report_event(share_id=shared.pk, event=event, facts={"sha256": "ab" * 32}, by=agents.officer)
    custody = access.custody(agents.officer, shared.pk)
    assert custody.unbroken
    assert [(line.event, line.seen_by_server) for line in custody.lines] == [
        ("shared", True),
        ("key_opened", True),
        ("ciphertext_fetched", True),
        ("opened", False),
        ("played", False),
        ("verified", False),
        ("downloaded", False),
    ]
    assert custody.lines[-1].facts == {"sha256": "ab" * 32}


def test_a_fetch_is_noted_once_after_each_opening(agents, request_):
    shared = share(request_)
    for _opening in range(2):
        actions.open_key(share_id=shared.pk, by=agents.officer)
        for _range in range(5):
            actions.note_fetch(share_id=shared.pk, by=agents.officer)
    assert events(shared.pk) == ["shared", *["key_opened", "ciphertext_fetched"] * 2]
    assert access.fetch_noted(agents.officer, shared.pk)
    assert not access.fetch_noted(agents.clerk, shared.pk)


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("withdrawn", None),
        ("key_opened", None),
        ("", None),
        ("played" * 1000, None),
        ("verified", {"sha256": "x"}),
        ("verified", {"sha256": 7}),
        ("verified", {"sha256": ["ab" * 32]}),
        ("verified", {"sha256": "AB" * 32}),
    ],
)
def test_a_browser_cannot_claim_what_only_the_server_sees_or_write_what_it_likes(
    agents, request_, event, facts
):
    shared = share(request_)
    with pytest.raises(Refused) as refused:
        actions.report_event(share_id=shared.pk, event=event, facts=facts, by=agents.officer)
    assert codes(refused) == ["event_unknown"]
    assert events(shared.pk) == ["shared"]


def test_other_facts_are_dropped(agents, request_):
    shared = share(request_)
    actions.report_event(share_id=shared.pk, event="played", facts={"note": "x" * 10_000}, by=agents.officer)
    assert access.custody(agents.officer, shared.pk).lines[-1].facts == {}


def test_a_browser_that_reports_without_end_is_stopped(agents, request_):
    shared = share(request_)
    for _time in range(240):
        actions.report_event(share_id=shared.pk, event="played", by=agents.officer)
    with pytest.raises(Refused) as refused:
        actions.report_event(share_id=shared.pk, event="played", by=agents.officer)
    assert codes(refused) == ["too_often"]


def test_a_changed_or_missing_entry_shows(agents, request_):
    shared, other = share(request_), share(request_)
    for each in (shared, other):
        actions.open_key(share_id=each.pk, by=agents.officer)
        actions.note_fetch(share_id=each.pk, by=agents.officer)
    with housekeeping("test"):
        CustodyEntry.objects.filter(share=shared, sequence=1).update(actor=agents.clerk.user_id)
        CustodyEntry.objects.filter(share=other, sequence=1).delete()
    assert not access.custody(agents.officer, shared.pk).unbroken
    assert not access.custody(agents.officer, other.pk).unbroken


# -- the end ------------------------------------------------------------------------------------------------------------
def gone(shared: Share, agents, name: str) -> None:
    shared.refresh_from_db()
    assert bytes(shared.envelope) == b""
    for actor in (agents.officer, agents.clerk):
        with pytest.raises(Refused) as refused:
            actions.open_key(share_id=shared.pk, by=actor)
        assert codes(refused) == ["share_ended"]
        with pytest.raises(NotFound):
            access.sealed_range(actor, shared.pk, 0, 1)
    with pytest.raises(NotFound):
        object_store().size(name)


def test_taken_back_before_anyone_opened_it_ends_access_and_deletes(agents, request_, clock):
    shared = share(request_)
    name = shared.object_name
    actions.withdraw(share_id=shared.pk)
    drain(clock)
    gone(shared, agents, name)
    custody = access.custody(agents.officer, shared.pk)
    assert [(line.event, line.actor) for line in custody.lines] == [
        ("shared", "owner"),
        ("withdrawn", "owner"),
        ("deleted", "platform"),
    ]
    assert custody.lines[1].facts == {"key_was_opened": False}
    assert custody.unbroken


def test_taken_back_after_it_was_opened_deletes_here_and_says_that_it_was_opened(agents, request_, clock):
    shared = share(request_)
    name = shared.object_name
    actions.open_key(share_id=shared.pk, by=agents.officer)
    actions.withdraw(share_id=shared.pk)
    drain(clock)
    gone(shared, agents, name)
    lines = access.custody_for_owner(shared.pk).lines
    assert next(line for line in lines if line.event == "withdrawn").facts == {"key_was_opened": True}
    assert access.share_for(agents.officer, shared.pk).was_opened


def test_taking_back_twice_changes_nothing(agents, request_, clock):
    shared = share(request_)
    first = actions.withdraw(share_id=shared.pk).withdrawn_at
    clock.advance(hours=1)
    assert actions.withdraw(share_id=shared.pk).withdrawn_at == first
    drain(clock)
    assert actions.withdraw(share_id=shared.pk).withdrawn_at == first
    assert events(shared.pk) == ["shared", "withdrawn", "deleted"]


def test_access_ends_with_the_act_and_not_with_the_deletion(agents, request_):
    shared = share(request_)
    actions.withdraw(share_id=shared.pk)
    with pytest.raises(Refused):
        actions.open_key(share_id=shared.pk, by=agents.officer)
    with pytest.raises(NotFound):
        access.sealed_range(agents.officer, shared.pk, 0, 1)


def test_what_has_run_out_is_refused_even_before_the_job_runs(agents, request_, clock):
    shared = share(request_, expires_at=clock() + timedelta(days=1))
    clock.advance(days=1)
    with pytest.raises(Refused) as refused:
        actions.open_key(share_id=shared.pk, by=agents.officer)
    assert codes(refused) == ["share_ended"]
    with pytest.raises(NotFound):
        access.openable_size(agents.officer, shared.pk)


def test_expiry_deletes_what_has_run_out_and_only_that(agents, request_, clock):
    old = share(request_, expires_at=clock() + timedelta(days=1))
    new = share(request_, expires_at=clock() + timedelta(days=2))
    name = old.object_name
    clock.advance(days=1)
    assert end_what_ran_out(clock()) is False
    drain(clock)
    gone(old, agents, name)
    assert events(old.pk) == ["shared", "expired", "deleted"]
    assert events(new.pk) == ["shared"]
    assert access.openable_size(agents.officer, new.pk) == len(SEALED)


def test_an_approval_that_is_taken_back_ends_what_was_shared_for_it(agents, request_, clock):
    shared = share(request_)
    name = shared.object_name
    requests.revoke(
        by=town.make_reviewer("Toni (demo)"),
        request_id=request_.pk,
        public_reason="The facts do not hold any more.",
    )
    end_what_ran_out(clock())
    drain(clock)
    gone(shared, agents, name)
    assert events(shared.pk) == ["shared", "revoked", "deleted"]


def test_deleting_again_changes_nothing(request_, clock):
    shared = share(request_)
    actions.withdraw(share_id=shared.pk)
    actions.delete_content(share_id=shared.pk)
    actions.delete_content(share_id=shared.pk)
    drain(clock)
    assert events(shared.pk) == ["shared", "withdrawn", "deleted"]


def test_the_keys_of_a_request_are_destroyed_when_its_last_share_has_ended(agents, request_, clock):
    shared = share(request_)
    clock.advance(days=15)
    requests.expire(now=clock())
    forget_keys_of_the_past(clock())
    assert KeyWrap.objects.filter(request=request_).exists()
    actions.withdraw(share_id=shared.pk)
    forget_keys_of_the_past(clock())
    assert not KeyWrap.objects.filter(request=request_).exists()


def test_the_keys_of_an_open_request_stay(request_, clock):
    forget_keys_of_the_past(clock())
    assert KeyWrap.objects.filter(request=request_).exists()


def test_an_officer_who_left_opens_nothing(agents, request_):
    from porchlight.server.accounts.actors import resolve
    from porchlight.server.accounts.models import User

    share(request_)
    with housekeeping("test"):
        Officer.objects.filter(user_id=agents.officer.user_id).update(left_at=town.NOW)
    actor = resolve(User.objects.get(pk=agents.officer.user_id))
    assert actor is None or not access.shares_of(actor)


def test_the_sealed_bytes_come_as_they_were(agents, request_):
    shared = share(request_)
    assert b"".join(access.sealed_range(agents.officer, shared.pk, 0, len(SEALED))) == SEALED
    assert b"".join(access.sealed_range(agents.officer, shared.pk, 100, 300)) == SEALED[100:300]
    assert put() != put()
