"""A request that says a life is in danger: first in two queues, the same rules, and a public finding."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.server.video_requests import town

from porchlight.core.errors import Refused
from porchlight.server.notifications.tasks.wording import _draft
from porchlight.server.transparency.actions import sequence
from porchlight.server.transparency.models import LogEntry
from porchlight.server.video_requests import access, actions

URGENT = {"flags": frozenset({"danger_to_life"}), "danger_reason": town.DANGER}
SENTENCE = "The agency says that a life is in danger."


def answers(danger: str) -> dict[str, str]:
    return {**town.ANSWERS, "danger": danger}


def zone():
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/Chicago")


def earlier(days: int) -> dict:
    """Another evening: what shares ground and time would need a second reviewer."""
    return {
        "starts_at": town.STARTS - timedelta(days=days),
        "ends_at": town.ENDS - timedelta(days=days),
        "case_number": f"AF-26-0001{days}",
    }


def test_a_mark_without_a_reason_is_not_sent(agents):
    with pytest.raises(Refused) as refused:
        town.submitted(agents, flags=frozenset({"danger_to_life"}))
    assert [each.code for each in refused.value.reasons] == ["text_missing"]
    assert town.submitted(agents, **URGENT).urgent


def test_a_reason_without_a_mark_is_kept_and_counts_for_nothing(agents):
    request = town.submitted(agents, danger_reason="A child saw it at the school, at the protest.")
    assert (request.urgent, request.was_urgent, request.reviewers_needed) == (False, False, 1)


def test_the_mark_breaks_the_same_rules(agents):
    def broken(**more):
        with pytest.raises(Refused) as refused:
            town.submitted(agents, area=town.box(wide=0.2), case_number="x", **more)
        return [each.code for each in refused.value.reasons]

    assert broken(**URGENT) == broken()


def test_a_reviewer_says_whether_danger_was_given_and_that_sways_no_verdict(agents, reviewer):
    request = town.signed(agents, **URGENT)
    with pytest.raises(Refused) as refused:
        town.decide(reviewer, request)
    assert [each.code for each in refused.value.reasons] == ["checklist_incomplete"]
    decided = town.decide(reviewer, request, checklist=answers("no"))
    assert (decided.state, decided.danger_found, decided.danger_worst) == (
        "approved",
        "not_given",
        "not_given",
    )


def test_what_was_once_found_wrong_stays_counted(agents, reviewer, clock):
    request = town.signed(agents, **URGENT)
    request = town.decide(reviewer, request, "return", checklist=answers("no"))
    request = actions.save_draft(by=agents.officer, draft=town.draft(), request_id=request.pk)
    town.submit(agents.officer, request)
    request = actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk)
    request = town.decide(reviewer, request)
    assert (request.urgent, request.danger_found) == (False, "")
    assert access.urgency(agents.agency.pk) == access.Urgency(marked=1, given=0, not_given=1, unclear=0)


def test_counts_are_public_for_each_agency(agents, strangers, reviewer):
    town.decide(reviewer, town.signed(agents, **URGENT), checklist=answers("yes"))
    town.decide(reviewer, town.signed(strangers, **URGENT, **earlier(1)), checklist=answers("unsure"))
    town.signed(agents, **URGENT, **earlier(2))  # not decided yet: counted when it is
    assert access.urgency(agents.agency.pk) == access.Urgency(marked=1, given=1, not_given=0, unclear=0)
    assert access.urgency() == access.Urgency(marked=2, given=1, not_given=0, unclear=1)


@pytest.mark.parametrize(("danger", "said"), [("yes", True), ("no", False), ("unsure", False)])
def test_owners_read_one_plain_sentence_and_only_where_it_was_found_so(agents, reviewer, danger, said):
    request = town.decide(reviewer, town.signed(agents, **URGENT), checklist=answers(danger))
    asked = access.open_request(request.pk)
    assert asked.danger_to_life is said
    mail = _draft(asked, "en-us", zone())
    assert (SENTENCE in mail.text) is said
    assert (SENTENCE in mail.html) is said
    calm = _draft(replace(asked, danger_to_life=False), "en-us", zone())
    added = [line for line in mail.text.splitlines() if line not in calm.text.splitlines()]
    assert (mail.subject, len(added)) == (calm.subject, int(said))
    for words in (mail.text, mail.html, mail.subject):
        assert "insulin" not in words
        assert not any(word in words.lower() for word in ("urgent", "emergency", "act now", "hurry"))
    for answer in ("Share", "Decline", "Opt out", "ANSWERING IS VOLUNTARY. THERE IS NO WARRANT."):
        assert answer in mail.text


def test_the_public_reads_the_fact_the_words_and_the_finding(agents, reviewer):
    shown = access.public_request(
        town.decide(reviewer, town.signed(agents, **URGENT), checklist=answers("yes")).pk
    )
    assert (shown.urgent, shown.danger_reason, shown.danger_found) == (True, town.DANGER, "given")


def test_of_a_refused_one_the_words_stay_away_and_of_a_sensitive_one_everything(agents, reviewer):
    rejected = town.decide(reviewer, town.signed(agents, **URGENT), "reject", checklist=answers("no"))
    shown = access.public_request(rejected.pk)
    assert (shown.urgent, shown.danger_reason, shown.danger_found) == (True, "", "not_given")
    secret = town.signed(agents, offense="stalking", **URGENT, **earlier(4))
    hidden = access.public_request(town.decide(reviewer, secret, checklist=answers("yes")).pk)
    assert (hidden.urgent, hidden.danger_reason, hidden.danger_found) == (False, "", "")


def test_the_log_never_says_it_in_the_clear(agents, reviewer):
    town.decide(reviewer, town.signed(agents, **URGENT), checklist=answers("yes"))
    sequence()
    for entry in LogEntry.objects.all():
        assert b"insulin" not in bytes(entry.body)
        assert b"given" not in bytes(entry.body)
