"""The gate before footage: one thing opens it, and everything else keeps it shut."""

from dataclasses import fields, replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, quick

from porchlight.core.consent import AnswerFacts, Consent, ShareFacts, may_open, may_release, may_share
from porchlight.core.lifecycle import RequestState

DAY = timedelta(days=1)
CONSENT = Consent("home-1", "clip-1", "request-1", given_at=NOON - DAY, expires_at=NOON + 180 * DAY)
SHARE = ShareFacts("clip-1", "home-1", "request-1", RequestState.APPROVED, NOON + 10 * DAY, CONSENT)


def consent(**change):
    return replace(SHARE, consent=replace(CONSENT, **change))


SHUT = {
    "consent_missing": replace(SHARE, consent=None),
    "consent_for_another_clip": consent(clip_id="clip-2"),
    "consent_for_another_request": consent(request_id="request-2"),
    "consent_not_by_owner": consent(household_id="home-2"),
    "consent_not_yet_given": consent(given_at=NOON + DAY),
    "consent_withdrawn": consent(withdrawn_at=NOON),
    "consent_expired": consent(expires_at=NOON),
    "case_closed": replace(SHARE, case_closed_at=NOON),
    "request_not_approved": replace(SHARE, request_state=RequestState.SIGNED),
    "request_closed": replace(SHARE, request_closes_at=NOON),
    "request_paused": replace(SHARE, paused=True),
}


def codes(decision):
    return [each.code for each in decision.reasons]


def test_the_owner_s_consent_for_this_clip_and_request_releases_it():
    assert may_release(SHARE, NOON)


@pytest.mark.parametrize("code", SHUT)
def test_anything_else_refuses(code):
    assert codes(may_release(SHUT[code], NOON)) == [code]


def test_all_that_is_wrong_is_told():
    worst = replace(consent(clip_id="x", request_id="x", household_id="x", withdrawn_at=NOON), paused=True)
    assert codes(may_release(worst, NOON)) == [
        "consent_for_another_clip",
        "consent_for_another_request",
        "consent_not_by_owner",
        "consent_withdrawn",
        "request_paused",
    ]


def test_there_is_no_input_for_an_override():
    inputs = {field.name for field in fields(ShareFacts)} | {field.name for field in fields(Consent)}
    assert inputs == {
        "clip_id", "clip_household_id", "request_id", "request_state", "request_closes_at", "consent", "paused",
        "case_closed_at", "household_id", "given_at", "expires_at", "withdrawn_at",
    }  # fmt: skip


def test_withdrawn_consent_refuses_release():
    for ago in (timedelta(0), timedelta(microseconds=1), DAY):
        assert codes(may_release(consent(withdrawn_at=NOON - ago), NOON)) == ["consent_withdrawn"]


def test_consent_begins_and_ends_at_its_moment():
    assert may_release(consent(given_at=NOON), NOON)
    brief = consent(expires_at=NOON)
    assert may_release(brief, NOON - timedelta(microseconds=1))
    assert not may_release(brief, NOON)


@pytest.mark.parametrize("state", [state for state in RequestState if state is not RequestState.APPROVED])
def test_only_an_approved_request_receives(state):
    assert codes(may_release(replace(SHARE, request_state=state), NOON)) == ["request_not_approved"]


def test_what_was_released_can_be_opened_until_the_consent_ends():
    for state in (RequestState.CLOSED, RequestState.WITHDRAWN):
        assert may_open(replace(SHARE, request_state=state, request_closes_at=NOON - DAY), NOON)
    assert codes(may_open(replace(SHARE, request_state=RequestState.REJECTED), NOON)) == [
        "request_not_approved"
    ]
    for code, facts in SHUT.items():
        if code.startswith(("consent", "case")):
            assert codes(may_open(facts, NOON)) == [code]


ids = st.sampled_from(["a", "b"])
offsets = st.timedeltas(-3 * DAY, 3 * DAY)
shares = st.builds(
    ShareFacts,
    clip_id=ids,
    clip_household_id=ids,
    request_id=ids,
    request_state=st.sampled_from(RequestState),
    request_closes_at=offsets.map(lambda by: NOON + by),
    consent=st.none()
    | st.builds(
        Consent,
        household_id=ids,
        clip_id=ids,
        request_id=ids,
        given_at=offsets.map(lambda by: NOON + by),
        expires_at=offsets.map(lambda by: NOON + by),
        withdrawn_at=st.none() | offsets.map(lambda by: NOON + by),
    ),
    paused=st.booleans(),
    case_closed_at=st.none() | offsets.map(lambda by: NOON + by),
)


@quick
@given(shares)
def test_release_is_the_conjunction_written_out(facts):
    given_consent = facts.consent
    expected = (
        given_consent is not None
        and given_consent.clip_id == facts.clip_id
        and given_consent.request_id == facts.request_id
        and given_consent.household_id == facts.clip_household_id
        and given_consent.given_at <= NOON < given_consent.expires_at
        and (given_consent.withdrawn_at is None or given_consent.withdrawn_at > NOON)
        and (facts.case_closed_at is None or facts.case_closed_at > NOON)
        and facts.request_state == "approved"
        and facts.request_closes_at > NOON
        and not facts.paused
    )
    assert may_release(facts, NOON).allowed == expected
    if expected:
        assert may_open(facts, NOON)


def test_refusals_add_up():
    parts = {
        "consent_for_another_clip": lambda share: replace(share, clip_id="other"),
        "request_paused": lambda share: replace(share, paused=True),
        "case_closed": lambda share: replace(share, case_closed_at=NOON),
    }
    for pair in combinations(parts, 2):
        share = SHARE
        for code in pair:
            share = parts[code](share)
        assert set(codes(may_release(share, NOON))) == set(pair)


ANSWER = AnswerFacts(RequestState.APPROVED, NOON + DAY, asked=True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"files": 24}, None),
        ({"files": 25}, "too_many_files"),
        ({"asked": False}, "request_not_for_this_household"),
        ({"paused": True}, "request_paused"),
        ({"request_closes_at": NOON}, "request_closed"),
        ({"case_closed_at": NOON - DAY}, "case_closed"),
        ({"request_state": RequestState.WITHDRAWN}, "request_not_approved"),
        ({"most_files": 3, "files": 3}, "too_many_files"),
    ],
)
def test_an_owner_may_share_while_the_request_is_open(change, code):
    assert codes(may_share(replace(ANSWER, **change), NOON)) == ([code] if code else [])
