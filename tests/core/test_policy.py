"""What may be asked: each rule at its bound, all broken rules at once, and none that hides another."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, at, polygon, quick, rectangle, square, star_shapes

from porchlight.core.errors import Refused
from porchlight.core.lifecycle import RequestState
from porchlight.core.places import read_area, read_jurisdiction
from porchlight.core.policy import (
    AgencyFacts,
    CheckState,
    PastRequest,
    PolicyNumbers,
    RequestFacts,
    Rule,
    Span,
    Unit,
    checks,
    counts_for_case,
    earlier_that_count,
    read_case_pattern,
    violations,
)
from porchlight.core.reasons import reason

NUMBERS = PolicyNumbers()
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
AGENCY = AgencyFacts(
    jurisdiction=read_jurisdiction(rectangle(20_000, 20_000)),
    case_pattern=read_case_pattern("AF-##-#####"),
    custodians_with_keys=2,
    officers=6,
)
REQUEST = RequestFacts(
    area=square(),
    starts_at=NOON - 40 * HOUR,
    ends_at=NOON - 38 * HOUR,
    offense="vehicle_theft",
    case_number="AF-26-01802",
    factual_basis="A blue delivery van was taken from the lot at Linden Street and Third Avenue at 9:50 pm.",
    public_summary="A van was taken from a lot at night.",
)


def codes(request=REQUEST, agency=AGENCY, numbers=NUMBERS, now=NOON):
    return [each.code for each in violations(request, agency, numbers, now)]


def check(rule, request=REQUEST, agency=AGENCY, numbers=NUMBERS, now=NOON):
    (found,) = [each for each in checks(request, agency, numbers, now) if each.rule is rule]
    return found


def test_a_good_request_breaks_nothing():
    assert codes() == []
    states = {each.rule: each.state for each in checks(REQUEST, AGENCY, NUMBERS, NOON)}
    assert states.pop(Rule.SUPERVISOR) is CheckState.LATER
    assert states.pop(Rule.REVIEW) is CheckState.LATER
    assert set(states.values()) == {CheckState.HOLDS}


def test_every_rule_is_checked_once_in_the_order_of_the_page():
    naive = replace(REQUEST, starts_at=datetime(2026, 3, 18, 20))  # noqa: DTZ001  as a page might send it
    unread = replace(REQUEST, area=None, area_reasons=(reason("area_flat"),), time_reasons=(reason("x"),))
    for request in (REQUEST, RequestFacts(), naive, unread):
        assert [each.rule for each in checks(request, AGENCY, NUMBERS, NOON)] == list(Rule)


def test_an_empty_form_breaks_nothing_and_still_may_not_be_submitted():
    found = checks(RequestFacts(), AGENCY, NUMBERS, NOON)
    assert not [each for each in found if each.state is CheckState.BROKEN]
    assert codes(RequestFacts()) == [
        "area_missing",
        "span_missing",
        "case_number_missing",
        "offense_missing",
        "text_missing",
        "text_missing",
    ]


def test_everything_wrong_at_once_is_told_at_once():
    bad = RequestFacts(
        area=read_area(rectangle(9000, 30, lat=45)),
        starts_at=NOON - 60 * DAY,
        ends_at=NOON + DAY,
        offense="loitering",
        case_number="12",
        factual_basis="Call 715-555-0123",
        public_summary="see www.x.org",
    )
    crowded = replace(
        AGENCY,
        open_requests=10,
        requests_this_month=30,
        custodians_with_keys=1,
        active=False,
        same_case=(PastRequest("AF-26-01802", square(), Span(NOON - 2 * DAY, NOON - DAY)),) * 2,
    )
    assert codes(bad, crowded) == [
        "area_too_narrow",
        "area_too_ragged",
        "area_outside_jurisdiction",
        "span_too_long",
        "span_in_future",
        "incident_too_old",
        "case_number_does_not_match",
        "case_limit_reached",
        "open_limit_reached",
        "month_limit_reached",
        "offense_not_on_list",
        "text_too_short",
        "text_phone_number",
        "text_link",
        "custodians_missing",
        "agency_not_active",
    ]


# -- area -----------------------------------------------------------------------------------------------------------

SQUARE_MILE = 1609.344


@pytest.mark.parametrize(
    ("square_miles", "code"),
    [(0.0249, "area_too_small"), (0.0251, None), (0.499, None), (0.501, "area_too_large")],
)
def test_the_area_is_within_its_bounds(square_miles, code):
    area = square(square_miles**0.5 * SQUARE_MILE)
    found = check(Rule.AREA, replace(REQUEST, area=area))
    assert [each.code for each in found.reasons] == ([code] if code else [])
    assert found.value == pytest.approx(square_miles, rel=1e-4)
    assert (found.bound.unit, found.bound.least, found.bound.most) == (Unit.SQUARE_MILES, 0.025, 0.5)


def test_a_corridor_is_too_narrow_and_too_ragged():
    corridor = read_area(rectangle(3000, 30))
    assert codes(replace(REQUEST, area=corridor)) == ["area_too_narrow", "area_too_ragged"]


def test_a_star_is_too_ragged():
    points = [at(*(44.095, -89.325), 360 * n / 40, 1400 if n % 2 else 250) for n in range(40)]
    assert codes(replace(REQUEST, area=read_area(polygon(points)))) == ["area_too_ragged"]


def test_blobs_on_a_string_cannot_smuggle_in_far_streets():
    # Two squares of 300 m, 3 km apart, joined by a strip of 4 m.
    half, strip, far = 150, 2, 1650
    outline = [(-far, -half), (-far + 300, -half), (-far + 300, -strip), (far - 300, -strip), (far - 300, -half),
               (far, -half), (far, half), (far - 300, half), (far - 300, strip), (-far + 300, strip),
               (-far + 300, half), (-far, half)]  # fmt: skip
    lat, lon = 44.095, -89.325
    points = [(lon + x / 79_900, lat + y / 111_100) for x, y in outline]
    assert "area_too_ragged" in codes(replace(REQUEST, area=read_area(polygon(points))))


@pytest.mark.parametrize(("width", "broken"), [(119.0, True), (121.5, False)])
def test_the_inscribed_circle_has_at_least_sixty_metres(width, broken):
    area = read_area(rectangle(width, 700))
    assert ("area_too_narrow" in codes(replace(REQUEST, area=area))) is broken


def test_an_area_that_could_not_be_read_says_why_and_hides_no_other_rule():
    unread = replace(REQUEST, area=None, area_reasons=(reason("area_multipart"),), offense="")
    assert codes(unread) == ["area_multipart", "offense_missing"]
    assert check(Rule.AREA, unread).state is CheckState.BROKEN
    assert check(Rule.WIDTH, unread).state is CheckState.LATER


def test_fewer_corners_may_be_demanded():
    tight = NUMBERS.tightened({"most_vertices": 4})
    assert codes(numbers=tight) == []
    circle = read_area(polygon([at(44.095, -89.325, 36 * n, 400) for n in range(10)]))
    assert codes(replace(REQUEST, area=circle), numbers=tight) == ["area_too_many_vertices"]


def test_the_area_is_wholly_inside_the_jurisdiction():
    edge = read_area(rectangle(900, 900, lat=44.095 + 10_000 / 111_100))
    assert codes(replace(REQUEST, area=edge)) == ["area_outside_jurisdiction"]
    assert codes(agency=replace(AGENCY, jurisdiction=None)) == ["jurisdiction_missing"]


def test_a_refusal_says_the_bound_and_the_value():
    corridor = replace(REQUEST, area=read_area(rectangle(3000, 30)))
    (narrow,) = check(Rule.WIDTH, corridor).reasons
    assert narrow.params["least_m"] == 60
    assert narrow.params["radius_m"] == pytest.approx(15, abs=0.5)
    (large,) = check(Rule.AREA, replace(REQUEST, area=square(2000))).reasons
    assert (large.params["most_square_miles"], large.params["square_miles"]) == (
        0.5,
        pytest.approx(1.5444, abs=1e-3),
    )
    (corners,) = check(Rule.CORNERS, numbers=NUMBERS.tightened({"most_vertices": 3})).reasons
    assert dict(corners.params) == {"vertices": 4, "most": 3}


# -- time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "code"),
    [
        (-MINUTE, "span_reversed"),
        (0 * MINUTE, "span_reversed"),
        (15 * MINUTE - timedelta(seconds=1), "span_too_short"),
        (15 * MINUTE, None),
        (12 * HOUR, None),
        (12 * HOUR + timedelta(seconds=1), "span_too_long"),
    ],
)
def test_the_span_is_within_its_bounds(length, code):
    starts = NOON - 3 * DAY
    found = check(Rule.SPAN, replace(REQUEST, starts_at=starts, ends_at=starts + length))
    assert [each.code for each in found.reasons] == ([code] if code else [])
    assert found.value == pytest.approx(length / MINUTE)
    assert (found.bound.unit, found.bound.least, found.bound.most) == (Unit.MINUTES, 15, 720)


def test_a_span_that_is_too_long_says_until_when_it_could_last():
    starts = NOON - 3 * DAY
    (found,) = check(Rule.SPAN, replace(REQUEST, starts_at=starts, ends_at=starts + 15 * HOUR)).reasons
    assert datetime.fromisoformat(found.params["latest_end"]) == starts + 12 * HOUR


@pytest.mark.parametrize(("ends", "broken"), [(NOON, False), (NOON + timedelta(seconds=1), True)])
def test_the_span_ends_by_now(ends, broken):
    request = replace(REQUEST, starts_at=NOON - HOUR, ends_at=ends)
    assert codes(request) == (["span_in_future"] if broken else [])


@pytest.mark.parametrize(("age", "broken"), [(45 * DAY, False), (45 * DAY + timedelta(seconds=1), True)])
def test_the_incident_is_at_most_45_days_old(age, broken):
    request = replace(REQUEST, starts_at=NOON - age, ends_at=NOON - age + HOUR)
    assert codes(request) == (["incident_too_old"] if broken else [])
    found = check(Rule.AGE, request)
    assert found.value == pytest.approx(age / DAY)
    assert (found.bound.unit, found.bound.least, found.bound.most) == (Unit.DAYS, 0, 45)


def test_naive_times_are_refused_with_a_reason():
    naive = replace(REQUEST, starts_at=datetime(2026, 3, 18, 20))  # noqa: DTZ001  the point of the test
    assert codes(naive) == ["moment_without_zone"]


def test_a_time_that_could_not_be_read_says_why():
    unread = replace(REQUEST, starts_at=None, time_reasons=(reason("time_does_not_exist"),))
    assert codes(unread) == ["time_does_not_exist"]
    assert check(Rule.AGE, unread).state is CheckState.LATER


# -- the case and the agency ----------------------------------------------------------------------------------------


def past(case_number="AF-26-01802", area=None, starts=NOON - 40 * HOUR, ends=NOON - 38 * HOUR):
    return PastRequest(case_number, area or square(), Span(starts, ends))


def test_two_requests_a_case():
    found = check(Rule.CASE_LIMIT)
    assert (found.value, found.bound.most) == (1, 2)
    assert codes(agency=replace(AGENCY, same_case=(past(),))) == []
    assert codes(agency=replace(AGENCY, same_case=(past(),) * 2)) == ["case_limit_reached"]


def test_the_same_question_under_another_case_number_uses_up_the_limit():
    other = past(case_number="AF-26-09999")
    assert codes(agency=replace(AGENCY, same_case=(past(),), overlapping=(other,))) == ["case_limit_reached"]
    assert codes(agency=replace(AGENCY, overlapping=(other, other))) == ["case_limit_reached"]


def test_what_counts_is_the_same_case_or_common_ground_at_a_common_time():
    elsewhere = read_area(rectangle(900, 900, lat=44.2))
    spelled_otherwise = past(case_number=" af-26-01802", area=elsewhere)
    same_ground_and_time = past(case_number="AF-26-09999")
    other_ground = past(case_number="AF-26-09999", area=elsewhere)
    just_before = past(case_number="AF-26-09999", starts=NOON - 50 * HOUR, ends=NOON - 40 * HOUR)
    just_after = past(case_number="AF-26-09999", starts=NOON - 38 * HOUR, ends=NOON - 30 * HOUR)
    earlier = (spelled_otherwise, same_ground_and_time, other_ground, just_before, just_after)
    assert earlier_that_count(REQUEST, earlier) == ((spelled_otherwise,), (same_ground_and_time,))


def test_before_anything_is_drawn_nothing_overlaps():
    assert earlier_that_count(RequestFacts(), (past(),)) == ((), ())


def test_what_never_reached_owners_and_is_over_does_not_count():
    assert counts_for_case(RequestState.SIGNED, was_approved=False)
    assert counts_for_case(RequestState.RETURNED, was_approved=False)
    assert counts_for_case(RequestState.WITHDRAWN, was_approved=True)
    assert counts_for_case(RequestState.CLOSED, was_approved=True)
    for state in (RequestState.DRAFT, RequestState.REJECTED, RequestState.WITHDRAWN):
        assert not counts_for_case(state, was_approved=False)


@pytest.mark.parametrize(
    ("field", "rule", "most", "code"),
    [
        ("open_requests", Rule.OPEN_LIMIT, 10, "open_limit_reached"),
        ("requests_this_month", Rule.MONTH_LIMIT, 30, "month_limit_reached"),
    ],
)
def test_an_agency_s_limits(field, rule, most, code):
    assert codes(agency=replace(AGENCY, **{field: most - 1})) == []
    assert codes(agency=replace(AGENCY, **{field: most})) == [code]
    assert check(rule, agency=replace(AGENCY, **{field: most - 1})).value == most


def test_the_case_number_matches_the_agency_s_pattern():
    assert codes(replace(REQUEST, case_number="af-26-01802")) == []
    assert codes(replace(REQUEST, case_number="AF-26-1802")) == ["case_number_does_not_match"]
    assert codes(agency=replace(AGENCY, case_pattern="AF-##-#####")) == []
    with pytest.raises(Refused):
        codes(agency=replace(AGENCY, case_pattern="(a+)+"))


def test_an_operator_may_raise_the_seriousness():
    serious = NUMBERS.tightened({"least_seriousness": 3})
    assert codes(numbers=serious) == ["offense_below_minimum"]
    assert codes(replace(REQUEST, offense="robbery"), numbers=serious) == []
    assert codes(replace(REQUEST, offense="Vehicle_Theft")) == ["offense_not_on_list"]


def test_two_custodians_hold_keys():
    assert codes(agency=replace(AGENCY, custodians_with_keys=1)) == ["custodians_missing"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", CheckState.LATER),
        ("  ", CheckState.LATER),
        ("A van was taken, see www.x.org", CheckState.BROKEN),
        (" " * 1_000_000, CheckState.BROKEN),
        ("A van was taken from the lot.", CheckState.HOLDS),
    ],
)
def test_words_that_are_missing_come_later_and_words_with_a_fault_are_broken(text, state):
    request = replace(REQUEST, factual_basis=text, public_summary=text)
    assert check(Rule.FACTUAL_BASIS, request).state is state
    assert check(Rule.PUBLIC_SUMMARY, request).state is state


# -- properties -----------------------------------------------------------------------------------------------------

flags = st.fixed_dictionaries(
    {name: st.booleans() for name in ("near_school", "assembly", "speech", "minors", "danger_to_life")}
)
requests = st.builds(
    lambda shape, start, length, offense, case, basis, chosen: RequestFacts(
        area=None if shape is None else read_area(polygon(shape)),
        starts_at=None if start is None else NOON + start,
        ends_at=None if start is None else NOON + start + length,
        offense=offense,
        case_number=case,
        factual_basis=basis,
        public_summary=basis,
        **chosen,
    ),
    st.none() | star_shapes(),
    st.none() | st.timedeltas(-60 * DAY, DAY),
    st.timedeltas(-DAY, DAY),
    st.sampled_from(["", "robbery", "vehicle_theft", "noise"]),
    st.sampled_from(["", "AF-26-00001", "x"]),
    st.sampled_from(["", "A van was taken from the lot at night.", "Call 715-555-0123 about the van."]),
    flags,
)


@quick
@given(requests)
def test_a_check_stands_in_the_way_exactly_when_it_has_reasons(request):
    found = checks(request, AGENCY, NUMBERS, NOON)
    for each in found:
        if each.state is CheckState.HOLDS:
            assert not each.reasons
        if each.state is CheckState.BROKEN:
            assert each.reasons
    assert violations(request, AGENCY, NUMBERS, NOON) == tuple(r for each in found for r in each.reasons)


@quick
@given(requests)
def test_what_measures_outside_its_bound_is_broken_and_inside_holds(request):
    for each in checks(request, AGENCY, NUMBERS, NOON):
        if (
            each.bound is not None
            and each.value is not None
            and each.rule not in {Rule.FACTUAL_BASIS, Rule.PUBLIC_SUMMARY, Rule.AGE}
        ):
            assert each.bound.admits(each.value) == (each.state is CheckState.HOLDS)


@quick
@given(requests)
def test_danger_to_life_and_answers_about_people_skip_no_rule(request):
    calm = replace(
        request, danger_to_life=False, assembly=False, speech=False, minors=False, near_school=False
    )
    assert checks(calm, AGENCY, NUMBERS, NOON) == checks(request, AGENCY, NUMBERS, NOON)


@quick
@given(requests, st.integers(1, 40), st.integers(60, 200))
def test_tightening_never_lets_more_through(request, days, radius):
    tighter = NUMBERS.tightened({"most_age_days": days, "least_inscribed_radius_m": radius})
    before = {each.code for each in violations(request, AGENCY, NUMBERS, NOON)}
    assert before <= {each.code for each in violations(request, AGENCY, tighter, NOON)}
