"""Danger to life goes first and skips no rule: for all facts, what stands in the way is the same with the mark."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick
from tests.core.test_policy import AGENCY, NOON, NUMBERS, REQUEST, requests

from porchlight.core import lifecycle
from porchlight.core.policy import (
    Danger,
    checks,
    danger_found,
    danger_reasons,
    reviewers_needed,
    stricter,
    violations,
)
from porchlight.core.policy.danger import ANSWERS

WHY = "She needs insulin every four hours and left without it."
reasons = st.sampled_from(["", WHY, "A child saw it at school.", "Call 715-555-0123 now, it is urgent."])
agencies = st.builds(
    lambda officers, opened, month, active: replace(
        AGENCY, officers=officers, open_requests=opened, requests_this_month=month, active=active
    ),
    st.integers(1, 4),
    st.integers(0, 12),
    st.integers(0, 40),
    st.booleans(),
)


@quick
@given(requests, agencies, reasons)
def test_the_mark_changes_no_check_no_violation_and_no_number_of_reviewers(request, agency, why):
    calm = replace(request, danger_to_life=False, danger_reason=why)
    urgent = replace(calm, danger_to_life=True)
    assert checks(urgent, agency, NUMBERS, NOON) == checks(calm, agency, NUMBERS, NOON)
    assert violations(urgent, agency, NUMBERS, NOON) == violations(calm, agency, NUMBERS, NOON)
    assert reviewers_needed(urgent, agency) == reviewers_needed(calm, agency)


@quick
@given(requests, agencies, reasons)
def test_the_reason_for_the_mark_takes_no_reviewer_away(request, agency, why):
    bare = replace(request, danger_to_life=True, danger_reason="")
    said = replace(bare, danger_reason=why)
    assert reviewers_needed(said, agency)[0] >= reviewers_needed(bare, agency)[0]
    assert violations(said, agency, NUMBERS, NOON) == violations(bare, agency, NUMBERS, NOON)


def test_the_table_of_moves_knows_no_danger():
    """Every move is a pair of a state and an event: there is no other way to a state, for any request."""
    for state in lifecycle.RequestState:
        for event in lifecycle.RequestEvent:
            assert "urgent" not in str(event)
            assert "danger" not in f"{state}{event}"
    to_owners = {pair for pair, after in lifecycle.REQUEST_MOVES.items() if after == "approved"}
    assert to_owners == {(lifecycle.RequestState.SIGNED, lifecycle.RequestEvent.APPROVE)}


@pytest.mark.parametrize(
    ("why", "codes"),
    [
        ("", ["text_missing"]),
        ("Hurry.", ["text_too_short"]),
        (WHY, []),
        (f"{WHY} Call 715-555-0123.", ["text_phone_number"]),
        (f"{WHY} See www.example.org.", ["text_link"]),
        ("x" * 401, ["text_too_long"]),
    ],
)
def test_a_mark_needs_a_reason_in_plain_words(why, codes):
    found = danger_reasons(replace(REQUEST, danger_to_life=True, danger_reason=why))
    assert [each.code for each in found] == codes
    assert all(each.params["field"] == "danger_reason" for each in found)


def test_without_a_mark_nothing_is_asked():
    assert danger_reasons(REQUEST) == ()


def test_the_words_of_the_reason_bring_a_second_reviewer_as_other_words_do():
    said = replace(REQUEST, danger_to_life=True, danger_reason="A child was taken from the playground.")
    assert reviewers_needed(REQUEST, AGENCY)[0] == 1
    assert reviewers_needed(said, AGENCY)[0] == 2


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (["yes"], Danger.GIVEN),
        (["unsure"], Danger.UNCLEAR),
        (["no"], Danger.NOT_GIVEN),
        (["yes", "unsure"], Danger.UNCLEAR),
        (["yes", "no"], Danger.NOT_GIVEN),
    ],
)
def test_the_strictest_answer_counts(answers, found):
    assert danger_found(answers) is found
    assert danger_found(answers[::-1]) is found


@pytest.mark.parametrize("answers", [[], ["maybe"]])
def test_what_is_no_answer_is_no_finding(answers):
    with pytest.raises(ValueError, match="yes, no or unsure"):
        danger_found(answers)


@quick
@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=4))
def test_a_later_round_never_hides_what_an_earlier_one_found(rounds):
    stands = ""
    for answer in rounds:
        stands = stricter(stands, danger_found([answer]))
    assert stands == danger_found(rounds)
