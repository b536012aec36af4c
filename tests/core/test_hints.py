"""Hints ask and never refuse: what they find, and what they leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.core.hints import SEARCHED, Hint, hints_in, unticked
from porchlight.core.offenses import Concern


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Marcus Delgado was seen on Hazel Street with a van.", Hint.NAME),
        ("A person known as Rico took the bicycle.", Hint.NAME),
        ("Mr. Delgado's car was taken.", Hint.NAME),
        ("Tall black man ran from the store.", Hint.LOOKS),
        ("Someone in a red hoodie broke the window.", Hint.LOOKS),
        ("A white male took the parcel.", Hint.LOOKS),
        ("Two Hispanic teenagers near the park.", Hint.LOOKS),
        ("A gray sedan, plate ABC-1234, left to the north.", Hint.PLATE),
        ("The car had 123 XYZ on it.", Hint.PLATE),
        ("A car was taken behind the hospital.", Hint.CARE),
        ("It happened behind the clinic on Oak Avenue.", Hint.CARE),
    ],
)
def test_what_should_be_looked_at_again_is_found(text, found):
    assert found in hints_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A car was taken from a driveway on Hazel Street between 9 and 11 pm.",
        "On Tuesday a white van and a black sedan met at Oak Avenue. A short street, an old house.",
        "In Alder Falls two bicycles were taken; case AF-26-01734, near Highway 151 and HWY 151.",
        "The person is in hospital; another was taken to the hospital.",
        "Video of the corner of Hazel Street and North Oak Avenue would help.",
    ],
)
def test_plain_words_about_what_happened_are_left_alone(text):
    assert hints_in(text, known="Alder Falls Police Department (demo)") == ()


def test_words_hint_at_the_box_that_is_not_ticked():
    text = "Near the school, after the vigil."
    assert set(unticked(text, frozenset())) == {Concern.MINORS, Concern.ASSEMBLY}
    assert unticked(text, frozenset({Concern.MINORS, Concern.ASSEMBLY})) == ()
    assert unticked("A van was taken.", frozenset()) == ()


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text):
    assert len(set(hints_in(text))) == len(hints_in(text))


def test_a_very_long_text_is_not_searched_to_its_end():
    assert hints_in("a " * SEARCHED + "hoodie") == ()
