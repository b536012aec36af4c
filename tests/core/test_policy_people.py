"""Who may sign and decide, how many must, and what their verdicts come to."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, quick, square

from porchlight.core.lifecycle import RequestEvent, RequestState, next_state
from porchlight.core.policy import (
    AgencyFacts,
    PastRequest,
    RequestFacts,
    ReviewerFacts,
    Span,
    Verdict,
    may_decide,
    may_sign,
    reviewers_needed,
    ruling,
)

AGENCY = AgencyFacts(jurisdiction=None, case_pattern="###", officers=6)
REQUEST = RequestFacts(
    offense="vehicle_theft",
    factual_basis="A van was taken from the lot on March 18 at 9:50 pm.",
    public_summary="A van was taken.",
)
ANOTHER = PastRequest("1", square(), Span(NOON - timedelta(hours=2), NOON))
REQUESTER, SIGNER, REVIEWER, OTHER, AGENCY_ID, AGENCY_2 = (UUID(int=n, version=4) for n in range(1, 7))


def why(request=REQUEST, agency=AGENCY):
    number, reasons = reviewers_needed(request, agency)
    assert number == (2 if reasons else 1)
    return [(each.code, each.params.get("source")) for each in reasons]


def test_an_ordinary_request_needs_one_reviewer():
    assert reviewers_needed(REQUEST, AGENCY) == (1, ())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"assembly": True}, ("two_reviewers_assembly", "answer")),
        ({"speech": True}, ("two_reviewers_speech", "answer")),
        ({"minors": True}, ("two_reviewers_minors", "answer")),
        ({"near_school": True}, ("two_reviewers_minors", "area")),
        ({"offense": "missing_child"}, ("two_reviewers_minors", "offense")),
        ({"offense": "threat_of_violence"}, ("two_reviewers_speech", "offense")),
        (
            {"factual_basis": "A window broke during the protest at the hall."},
            ("two_reviewers_assembly", "words"),
        ),
        ({"public_summary": "Someone pulled up yard signs and set fire."}, ("two_reviewers_speech", "words")),
        ({"factual_basis": "A car hit two Students by the road."}, ("two_reviewers_minors", "words")),
    ],
)
def test_sensitive_requests_need_two(change, expected):
    assert why(replace(REQUEST, **change)) == [expected]


def test_a_single_officer_and_overlapping_requests_need_two():
    assert why(agency=replace(AGENCY, officers=1)) == [("two_reviewers_single_officer", None)]
    assert why(agency=replace(AGENCY, overlapping=(ANOTHER,))) == [("two_reviewers_overlapping", None)]
    assert why(agency=replace(AGENCY, overlapping_of_others=(ANOTHER,))) == [
        ("two_reviewers_overlapping", None)
    ]


def test_each_concern_is_told_once():
    request = replace(REQUEST, offense="missing_child", minors=True, near_school=True, assembly=True)
    assert why(request, replace(AGENCY, officers=1)) == [
        ("two_reviewers_assembly", "answer"),
        ("two_reviewers_minors", "offense"),
        ("two_reviewers_single_officer", None),
    ]


def test_nobody_signs_their_own_request():
    assert may_sign(REQUESTER, SIGNER)
    assert [each.code for each in may_sign(REQUESTER, REQUESTER).reasons] == ["signer_is_requester"]


def test_an_id_and_its_text_are_one_person():
    one = uuid4()
    assert not may_sign(one, str(one))
    assert not may_sign(str(one).upper(), one)
    assert not may_decide(ReviewerFacts(str(one)), agency_id=AGENCY_ID, requester=one)


def decided(reviewer=None, **facts):
    asked = {"agency_id": AGENCY_ID, "requester": REQUESTER, "signer": SIGNER, **facts}
    return [each.code for each in may_decide(reviewer or ReviewerFacts(REVIEWER), **asked).reasons]


def test_a_reviewer_from_outside_may_decide():
    assert decided() == []
    assert decided(ReviewerFacts(REVIEWER, (AGENCY_2,)), decided_by=(OTHER,)) == []
    assert decided(signer=None) == []


def test_conflicts_of_interest_are_refused():
    assert decided(ReviewerFacts(REQUESTER)) == ["reviewer_took_part"]
    assert decided(ReviewerFacts(SIGNER)) == ["reviewer_took_part"]
    assert decided(ReviewerFacts(REVIEWER, (AGENCY_2, AGENCY_ID))) == ["reviewer_tied_to_agency"]
    assert decided(conflict_declared=True) == ["reviewer_declared_conflict"]


def test_two_reviewers_are_two_people():
    assert decided(decided_by=(REVIEWER,)) == ["reviewer_already_decided"]


def test_all_verdicts_are_waited_for():
    assert ruling(2, []) is None
    assert ruling(2, [Verdict.REJECT]) is None
    assert ruling(1, [Verdict.APPROVE]) is RequestEvent.APPROVE
    assert ruling(2, [Verdict.APPROVE, Verdict.APPROVE]) is RequestEvent.APPROVE
    assert ruling(2, [Verdict.APPROVE, Verdict.RETURN]) is RequestEvent.RETURN
    assert ruling(2, [Verdict.RETURN, Verdict.REJECT]) is RequestEvent.REJECT
    with pytest.raises(ValueError, match="at least one"):
        ruling(0, [])


@quick
@given(st.integers(1, 2), st.lists(st.sampled_from(Verdict), max_size=3))
def test_only_a_unanimous_and_complete_yes_approves(needed, verdicts):
    found = ruling(needed, verdicts)
    assert (found is RequestEvent.APPROVE) == (len(verdicts) >= needed and set(verdicts) == {Verdict.APPROVE})
    if found is not None:
        assert next_state(RequestState.SIGNED, found) in RequestState
