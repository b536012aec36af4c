import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick

from porchlight.core.errors import Refused
from porchlight.core.policy import PolicyNumbers

NAMES = [field.name for field in fields(PolicyNumbers)]
DEFAULTS = PolicyNumbers()


def codes(changes):
    with pytest.raises(Refused) as refused:
        DEFAULTS.tightened(changes)
    return [each.code for each in refused.value.reasons]


def test_the_defaults_are_the_product_s():
    assert DEFAULTS.as_dict() == {
        "least_area_square_miles": 0.025,
        "most_area_square_miles": 0.5,
        "most_vertices": 100,
        "least_inscribed_radius_m": 60,
        "least_compactness": 0.2,
        "least_span_minutes": 15,
        "most_span_minutes": 12 * 60,
        "most_age_days": 45,
        "most_requests_per_case": 2,
        "most_open_requests": 10,
        "most_requests_per_month": 30,
        "least_seriousness": 1,
        "least_custodians": 2,
        "most_open_days": 14,
        "most_upload_link_days": 10,
        "most_upload_files": 25,
        "most_upload_bytes": 2_000_000_000,
        "most_share_days": 180,
        "most_sign_in_failures": 5,
        "most_idle_minutes": 30,
        "most_session_hours": 12,
        "most_asked_kept_days": 30,
        "least_audit_kept_days": 365,
    }


def test_every_number_says_by_its_name_which_way_is_tighter():
    assert all(name.startswith(("least_", "most_")) for name in NAMES)


def test_tightening_changes_what_it_names_and_nothing_else():
    tighter = DEFAULTS.tightened({"most_age_days": 14, "least_inscribed_radius_m": 80})
    assert tighter.most_age_days == 14
    assert tighter.least_inscribed_radius_m == 80
    assert {**tighter.as_dict(), "most_age_days": 45, "least_inscribed_radius_m": 60} == DEFAULTS.as_dict()
    assert DEFAULTS.tightened({}) == DEFAULTS.tightened(DEFAULTS.as_dict()) == DEFAULTS


@pytest.mark.parametrize("name", NAMES)
def test_no_number_can_be_loosened(name):
    step = -1 if name.startswith("least_") else 1
    value = getattr(DEFAULTS, name)
    looser = value + step if isinstance(value, int) else value * (1 + step / 100)
    if looser > 0:
        assert codes({name: looser}) == ["policy_value_loosens"]


@quick
@given(st.dictionaries(st.sampled_from(NAMES), st.integers(-10, 10**10) | st.floats(), min_size=1))
def test_whatever_is_accepted_is_nowhere_looser(changes):
    try:
        numbers = DEFAULTS.tightened(changes)
    except Refused:
        return
    for name in NAMES:
        changed, default = getattr(numbers, name), getattr(DEFAULTS, name)
        assert changed >= default if name.startswith("least_") else changed <= default


@pytest.mark.parametrize("value", ["45", None, True, [], math.nan, math.inf, -1, 0, 4.5])
def test_what_is_no_whole_number_above_nothing_is_refused(value):
    assert codes({"most_age_days": value}) == ["policy_value_not_a_number"]


def test_unknown_keys_are_refused_beside_other_faults():
    assert codes({"most_age": 3, "most_age_days": 90, "least_compactness": "x"}) == [
        "policy_key_unknown",
        "policy_value_loosens",
        "policy_value_not_a_number",
    ]


def test_numbers_that_leave_nothing_possible_are_refused():
    assert codes({"least_area_square_miles": 0.3, "most_area_square_miles": 0.2}) == [
        "policy_bounds_contradict"
    ]
    assert codes({"least_span_minutes": 60, "most_span_minutes": 30}) == ["policy_bounds_contradict"]


def test_one_single_length_may_be_left():
    assert DEFAULTS.tightened({"least_span_minutes": 60, "most_span_minutes": 60}).least_span_minutes == 60


def test_tightening_twice_can_only_go_one_way():
    once = DEFAULTS.tightened({"most_age_days": 14})
    with pytest.raises(Refused):
        once.tightened({"most_age_days": 30})
