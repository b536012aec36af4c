import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick

from porchlight.core.errors import Refused
from porchlight.core.policy import canonical_case_number, read_case_pattern


def codes(text):
    with pytest.raises(Refused) as refused:
        read_case_pattern(text)
    return [each.code for each in refused.value.reasons]


@pytest.mark.parametrize(
    ("template", "fits", "does_not"),
    [
        ("AF-##-#####", "AF-26-01734", "AF-26-1734"),
        ("AF-##-#####", "af-26-01734 ", "AF-2६-01734"),
        ("@@-##-#####", "CC-26-00418", "C1-26-00418"),
        ("####/######", "2026/001734", "2026-001734"),
        ("CR ########", "cr   20260017", "CR20260017"),
    ],
)
def test_a_template_matches_character_by_character(template, fits, does_not):
    pattern = read_case_pattern(template)
    assert pattern.matches(fits)
    assert not pattern.matches(does_not)


def test_a_template_is_no_regular_expression():
    assert codes("(a+)+$###") == ["case_pattern_characters"]
    assert codes(".*") == ["case_pattern_characters", "case_pattern_too_loose"]
    pattern = read_case_pattern("A.###")
    assert pattern.matches("A.123")
    assert not pattern.matches("AB123")


def test_a_template_that_cannot_tell_cases_apart_is_refused():
    assert codes("AF-CASE") == ["case_pattern_too_loose"]
    assert codes("") == ["case_pattern_too_loose"]


def test_a_template_has_at_most_forty_characters():
    assert read_case_pattern("#" * 40).matches("1" * 40)
    assert codes("#" * 41) == ["case_pattern_too_long"]


def test_a_template_of_a_megabyte_is_refused_at_once():
    started = time.process_time()
    assert codes("#" * 1_000_000) == ["case_pattern_too_long"]
    assert time.process_time() - started < 0.1


def test_control_characters_have_no_place_in_a_template():
    assert codes("AF\u202e###") == ["case_pattern_characters"]


templates = st.text("#@AFZ09-/._ ", min_size=3, max_size=40).filter(
    lambda text: len(re.findall("[#@]", canonical_case_number(text))) >= 3
)


@quick
@given(templates)
def test_every_pattern_matches_its_own_example(template):
    pattern = read_case_pattern(template)
    assert pattern.matches(pattern.example())


@quick
@given(templates, st.text(max_size=45))
def test_a_pattern_matches_what_the_same_regular_expression_would(template, given_text):
    pattern = read_case_pattern(template)
    same = "".join({"#": "[0-9]", "@": "[A-Z]"}.get(each, re.escape(each)) for each in pattern.template)
    for text in (given_text, pattern.example(), pattern.example() + "0", pattern.example()[1:]):
        assert pattern.matches(text) == bool(re.fullmatch(same, canonical_case_number(text)))


@quick
@given(st.text(max_size=30))
def test_the_canonical_form_is_stable(text):
    once = canonical_case_number(text)
    assert canonical_case_number(once) == once
