"""Who is paged, in which order, and when nobody is on call."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, quick

from porchlight.core.on_call import EVERYBODY, FIRST, NEXT, Shift, gaps, ladder, on_call, to_page

HOUR = timedelta(hours=1)
PEOPLE = ("ann", "bo", "cy", "di")


def shift(who: str, start: float, end: float) -> Shift:
    return Shift(who, NOON + start * HOUR, NOON + end * HOUR)


def page(step: int, shifts: list[Shift], already: tuple[str, ...] = (), needed: int = 1) -> tuple[str, ...]:
    return to_page(
        step,
        needed=needed,
        rota=ladder(shifts, NOON),
        now_on_call=on_call(shifts, NOON),
        everybody=PEOPLE,
        already=already,
    )


ROTA = [shift("cy", 24, 48), shift("ann", -1, 12), shift("bo", 12, 24), shift("di", -48, -24)]


def test_first_who_is_on_call_then_the_next_on_the_rota_then_everybody():
    assert page(FIRST, ROTA) == ("ann",)
    assert page(NEXT, ROTA, ("ann",)) == ("bo",)
    assert page(EVERYBODY, ROTA, ("ann", "bo")) == ("cy", "di")


def test_two_are_paged_at_once_where_two_must_decide():
    assert page(FIRST, ROTA, needed=2) == ("ann", "bo")
    assert page(NEXT, ROTA, ("ann", "bo"), needed=2) == ("cy",)


def test_in_a_gap_everybody_is_paged_at_once():
    assert page(FIRST, [shift("ann", 1, 2)]) == PEOPLE
    assert page(FIRST, []) == PEOPLE


def test_where_nobody_comes_next_everybody_is_paged():
    assert page(NEXT, [shift("ann", -1, 1)], ("ann",)) == ("bo", "cy", "di")


def test_who_left_the_desk_is_not_paged():
    assert page(FIRST, [shift("gone", -1, 1), *ROTA]) == ("ann",)


def test_a_shift_begins_with_its_first_moment_and_ends_before_its_last():
    assert on_call([shift("ann", 0, 1)], NOON) == ("ann",)
    assert on_call([shift("ann", 0, 1)], NOON + HOUR) == ()


def test_gaps_are_what_no_shift_covers():
    week = (NOON, NOON + 48 * HOUR)
    assert gaps(ROTA, *week) == ()
    assert gaps([], *week) == (week,)
    assert gaps([shift("ann", 2, 4), shift("bo", 3, 3.5), shift("cy", 6, 60)], *week) == (
        (NOON, NOON + 2 * HOUR),
        (NOON + 4 * HOUR, NOON + 6 * HOUR),
    )


hours = st.integers(-20, 60)
shifts = st.lists(
    st.builds(
        lambda who, start, length: shift(who, start, start + length),
        st.sampled_from(PEOPLE),
        hours,
        st.integers(1, 30),
    ),
    max_size=8,
)


@quick
@given(shifts, st.integers(1, 2))
def test_the_ladder_pages_everybody_once_and_nobody_twice(rota, needed):
    paged: list[str] = []
    for step in (FIRST, NEXT, EVERYBODY):
        now = page(step, rota, tuple(paged), needed)
        assert not set(now) & set(paged)
        paged += now
    assert sorted(paged) == sorted(PEOPLE)


@quick
@given(shifts, hours)
def test_a_gap_is_exactly_where_nobody_is_on_call(rota, hour):
    at = NOON + hour * HOUR
    found = gaps(rota, NOON - 20 * HOUR, NOON + 90 * HOUR)
    assert any(start <= at < end for start, end in found) == (not on_call(rota, at))
