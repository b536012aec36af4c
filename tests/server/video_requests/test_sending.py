"""From a draft to the supervisor: what is kept, what is refused, and that limits hold."""

import json

import pytest
from tests.server.video_requests import town

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.server.agencies.models import Officer
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.transparency.models import LogEntry
from porchlight.server.video_requests import access, actions
from porchlight.server.video_requests.models import KeyWrap, VideoRequest

EMPTY = access.Draft()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {each.code for each in refused.value.reasons}


def test_a_draft_that_breaks_every_rule_is_kept_and_says_all_of_it(agents: town.Agents) -> None:
    request = actions.save_draft(by=agents.officer, draft=EMPTY)
    assert request.state == "draft"
    with pytest.raises(Refused) as refused:
        town.submit(agents.officer, request)
    assert codes(refused) >= {
        "area_missing",
        "span_missing",
        "case_number_missing",
        "offense_missing",
        "text_missing",
    }
    request.refresh_from_db()
    assert request.state == "draft"
    assert not KeyWrap.objects.exists()


def test_a_good_request_goes_to_the_supervisor_with_its_key(agents: town.Agents) -> None:
    request = town.submitted(agents)
    assert request.state == "submitted"
    assert request.reviewers_needed == 1
    assert request.q_recipient.startswith("age1")
    held = {
        wrap.officer_key.officer.user_id for wrap in request.key_wraps.select_related("officer_key__officer")
    }
    wanted = {agents.officer.user_id, agents.supervisor.user_id, agents.clerk.user_id}
    assert {str(each) for each in held} == wanted


def test_the_log_shows_the_key_at_once_and_the_rest_only_as_a_hash(agents: town.Agents) -> None:
    request = town.submitted(agents)
    entry = LogEntry.objects.get(subject_id=request.pk)
    body = json.loads(bytes(entry.body))
    assert entry.kind == "request.submitted"
    assert (body["request"], body["q"], body["agency"]) == (
        str(request.pk),
        request.q_recipient,
        agents.agency.ori,
    )
    assert set(body["hidden"]) == {"case_facts", "danger", "public_facts"}
    for words in (town.SUMMARY, town.BASIS, request.case_number, "vehicle_theft"):
        assert words.encode() not in bytes(entry.body)


def test_the_same_send_twice_is_one(agents: town.Agents) -> None:
    request = town.save(agents.officer)
    recipient, wraps = town.key_for(agents.officer)
    for _ in range(2):
        sent = actions.submit(by=agents.officer, request_id=request.pk, q_recipient=recipient, wraps=wraps)
    assert sent.round == 1
    assert LogEntry.objects.filter(subject_id=request.pk).count() == 1
    with pytest.raises(Conflict, match="request_moved_on"):
        town.submit(agents.officer, request)


def test_the_same_new_draft_twice_within_a_minute_is_one(agents: town.Agents, clock: town.Clock) -> None:
    assert town.save(agents.officer).pk == town.save(agents.officer).pk
    clock.advance(minutes=2)
    town.save(agents.officer)
    assert VideoRequest.objects.count() == 2


def test_two_tabs_cannot_overwrite_each_other_unseen(agents: town.Agents) -> None:
    request = town.save(agents.officer)
    actions.save_draft(by=agents.officer, draft=town.draft(), request_id=request.pk, version=request.version)
    with pytest.raises(Conflict, match="request_changed_elsewhere"):
        actions.save_draft(by=agents.officer, draft=EMPTY, request_id=request.pk, version=request.version)
    request.refresh_from_db()
    assert request.public_summary == town.SUMMARY


def test_only_the_author_sees_or_changes_a_draft(agents: town.Agents, strangers: town.Agents) -> None:
    request = town.save(agents.officer)
    for actor in (agents.colleague, agents.supervisor, strangers.officer):
        with pytest.raises(NotFound):
            access.request_for(actor, request.pk)
        with pytest.raises(NotFound):
            actions.save_draft(by=actor, draft=EMPTY, request_id=request.pk)
        with pytest.raises(NotFound):
            actions.discard(by=actor, request_id=request.pk)
    actions.discard(by=agents.officer, request_id=request.pk)
    assert not VideoRequest.objects.exists()


def test_a_sent_request_is_neither_edited_nor_discarded(agents: town.Agents) -> None:
    request = town.submitted(agents)
    with pytest.raises(Conflict):
        actions.save_draft(by=agents.officer, draft=EMPTY, request_id=request.pk)
    with pytest.raises(Conflict):
        actions.discard(by=agents.officer, request_id=request.pk)


def test_a_case_gets_two_requests_also_under_another_number(agents: town.Agents) -> None:
    town.submitted(agents)
    town.submitted(agents, public_summary=town.SUMMARY + " Again.")
    for number in ("AF-26-01734", "af-26-01734 ", "AF-26-09999"):
        with pytest.raises(Refused) as refused:
            town.submitted(agents, case_number=number)
        assert codes(refused) == {"case_limit_reached"}
    elsewhere = town.box(town.WEST + 0.05)
    assert town.submitted(agents, case_number="AF-26-09999", area=elsewhere).state == "submitted"


def test_ten_open_requests_and_not_one_more(agents: town.Agents) -> None:
    for number in range(10):
        town.submitted(agents, case_number=f"AF-26-{number:05}", area=town.box(town.WEST + 0.02 * number))
    with pytest.raises(Refused) as refused:
        town.submitted(agents, case_number="AF-26-00099", area=town.box(south=44.2))
    assert codes(refused) == {"open_limit_reached"}


def test_thirty_a_month(agents: town.Agents, clock: town.Clock) -> None:
    for number in range(30):
        request = town.submitted(agents, case_number=f"AF-26-{number:05}")
        actions.withdraw(by=agents.officer, request_id=request.pk)
    with pytest.raises(Refused) as refused:
        town.submitted(agents, case_number="AF-26-00099")
    assert codes(refused) == {"month_limit_reached"}
    clock.advance(days=31)
    assert town.submitted(agents, case_number="AF-26-00099").state == "submitted"


@pytest.mark.parametrize(
    "what", ["missing", "twice", "foreign", "empty", "cut", "two_stanzas", "huge", "none"]
)
def test_each_key_gets_exactly_one_whole_wrap(agents: town.Agents, strangers: town.Agents, what: str) -> None:
    import pyrage

    request = town.save(agents.officer)
    recipient, wraps = town.key_for(agents.officer)
    first = wraps[0]
    both = [pyrage.x25519.Identity.generate().to_public() for _ in range(2)]
    changed = {
        "missing": wraps[1:],
        "twice": [*wraps, first],
        "foreign": [*wraps[1:], town.key_for(strangers.officer)[1][0]],
        "empty": [actions.Wrap(first.key_id, b""), *wraps[1:]],
        "cut": [actions.Wrap(first.key_id, first.ciphertext[:-40]), *wraps[1:]],
        "two_stanzas": [actions.Wrap(first.key_id, pyrage.encrypt(b"A" * 75, both)), *wraps[1:]],
        "huge": [actions.Wrap(first.key_id, first.ciphertext + bytes(5000)), *wraps[1:]],
        "none": [],
    }[what]
    with pytest.raises(Refused) as refused:
        actions.submit(by=agents.officer, request_id=request.pk, q_recipient=recipient, wraps=changed)
    assert codes(refused) <= {"key_wraps_changed", "key_wrap_malformed"}
    request.refresh_from_db()
    assert (request.state, request.q_recipient) == ("draft", "")


@pytest.mark.parametrize(
    "recipient", ["", "age1", "AGE1" + "q" * 58, "age1" + "b" * 58, "ssh-ed25519 AAAA", "\0"]
)
def test_the_public_half_must_be_a_key(agents: town.Agents, recipient: str) -> None:
    request = town.save(agents.officer)
    _, wraps = town.key_for(agents.officer)
    with pytest.raises(Refused) as refused:
        actions.submit(by=agents.officer, request_id=request.pk, q_recipient=recipient, wraps=wraps)
    assert codes(refused) == {"key_malformed"}


def test_a_custodian_who_left_meanwhile_is_noticed(agents: town.Agents) -> None:
    request = town.save(agents.officer)
    recipient, wraps = town.key_for(agents.officer)
    with housekeeping("test"):
        Officer.objects.filter(user_id=agents.clerk.user_id).update(left_at=town.NOW)
    with pytest.raises(Refused) as refused:
        actions.submit(by=agents.officer, request_id=request.pk, q_recipient=recipient, wraps=wraps)
    assert codes(refused) == {"custodians_missing"}


def test_an_officer_without_a_key_is_told_to_make_one(agents: town.Agents) -> None:
    request = town.save(agents.officer)
    with housekeeping("test"):
        Officer.objects.get(user_id=agents.officer.user_id).keys.all().delete()
    with pytest.raises(Refused) as refused:
        town.submit(agents.officer, request)
    assert codes(refused) == {"requester_key_missing"}


def test_a_suspended_agency_cannot_send(agents: town.Agents) -> None:
    request = town.save(agents.officer)
    with housekeeping("test"):
        agents.agency.status = "suspended"
        agents.agency.save()
    with pytest.raises(Refused):
        town.submit(agents.officer, request)


def test_a_returned_request_takes_every_step_again_and_may_keep_its_key(agents: town.Agents) -> None:
    request = town.submitted(agents)
    kept = request.q_recipient
    actions.send_back(by=agents.supervisor, request_id=request.pk, note="The span is wider than the facts.")
    changed = town.draft(public_summary=town.SUMMARY + " It is blue.")
    actions.save_draft(by=agents.officer, draft=changed, request_id=request.pk)
    again = actions.submit(by=agents.officer, request_id=request.pk)
    assert (again.state, again.round, again.q_recipient) == ("submitted", 2, kept)
    assert (again.signed_at, again.supervisor_note) == (None, "")
    assert LogEntry.objects.filter(subject_id=request.pk).count() == 2


def test_a_returned_request_may_get_a_new_key(agents: town.Agents) -> None:
    request = town.submitted(agents)
    kept = request.q_recipient
    actions.send_back(by=agents.supervisor, request_id=request.pk, note="The span is wider than the facts.")
    again = town.submit(agents.officer, request)
    assert again.q_recipient != kept
    assert again.key_wraps.count() == 3


def test_the_mail_that_tells_the_supervisor_holds_no_fact(
    agents: town.Agents, mailoutbox: list, clock: town.Clock
) -> None:
    from porchlight.server.video_requests.tasks import mail_agency

    request = town.submitted(agents)
    event = OutboxEvent.objects.get(topic="video_request.mail")
    assert mail_agency(event, clock.at)
    (mail,) = mailoutbox
    assert mail.to == [f"supervisor@{agents.agency.ori.lower()}.example"]
    assert str(request.pk) in mail.body
    for words in (request.case_number, "Linden", "theft"):
        assert words not in mail.body + mail.subject
    # Sent again after a crash it is the same mail, and no number of it counts what else the queue held.
    assert mail_agency(event, clock.at)
    officer = Officer.objects.get(user_id=agents.supervisor.user_id)
    named = f"<submitted-1-{request.pk}-{officer.pk}@localhost>"
    assert [each.extra_headers["Message-ID"] for each in mailoutbox] == [named, named]
