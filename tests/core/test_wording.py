import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick

from porchlight.core.wording import FACTUAL_BASIS, PUBLIC_SUMMARY, TextRule, text_reasons, tidy

ANY = TextRule("factual_basis", least=1, most=1200, lines=True)


def codes(text, rule=ANY, **more):
    return [each.code for each in text_reasons(text, rule, **more)]


@pytest.mark.parametrize(
    "text",
    [
        "A blue delivery van was taken from the lot at Linden Street and Third Avenue during the night.",
        "Its tracker stopped at 9:50 pm. We would like to see the van leaving, and which way it went.",
        "We would like to see cars on these streets from 3:30 to 5:00 pm.",
        "Case AF-26-01734, and case CC-26-00418 of the county.",
        "Case 2026001734 is the older one.",
        "Incident 226-001-7340 was joined to it.",
        "At 1420 Third Avenue, apartment 3, between 9:00 a.m. and 11:30 p.m.",
        "On 2026-03-18 or 03/18/2026, from 2100-2230 hours, or 900-1030 hours.",
        "The 900-1000 block of Birch Street and the 4100-4200 block of Mill Road.",
        "Damage of $12,500.00 was done to 3 cars; ZIP code 54421-1234.",
        "A van with plate 823-4567 was seen.",
        "Sgt. Wills met the owner @ 5 pm. She was not hurt.",
        "The mail carrier said it was version 2.0 of the lock, 5.5 by 3.2 inches.",
        "The owner left at 8.He came back at 9.The door was open.",
        "O’Neill’s shop – “Corner Goods” – was entered through the back. Señora Peña saw it.",
        "First line.\nSecond line.\r\nThird line.",
    ],
)
def test_an_ordinary_sentence_passes(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("See https://example.org/x for more", "text_link"),
        ("see hxxp://example for more", "text_link"),
        ("Go to www.alderfalls", "text_link"),
        ("Look at alderfalls.gov", "text_link"),
        ("Look at AlderFalls.COM.", "text_link"),
        ("Look at bit.ly/3xY", "text_link"),
        ("Look at example.us/tips", "text_link"),
        ("Look at example dot com", "text_link"),
        ("Look at example(dot)org", "text_link"),
        ("Look at 192.168.4.20 please", "text_link"),
        ("Look at ｅｘａｍｐｌｅ．ｃｏｍ", "text_link"),
        ("Write to hale@alderfalls.example", "text_mail_address"),
        ("Write to hale＠alderfalls", "text_mail_address"),
        ("Write to hale (at) alderfalls", "text_mail_address"),
        ("Write to @AlderFallsPD", "text_handle"),
        ("Call 555-0123", "text_phone_number"),
        ("Call 715-555-0123", "text_phone_number"),
        ("Call (715) 555-0123", "text_phone_number"),
        ("Call 715.555.0123 now", "text_phone_number"),
        ("Call 715 555 0123 now", "text_phone_number"),
        ("Call 7155550123 now", "text_phone_number"),
        ("Call +1 715 555 0123", "text_phone_number"),
        ("Call 1-715-555-0123", "text_phone_number"),
        ("The case 715-555-0123", "text_phone_number"),
        ("Call +44 20 7946 0958", "text_phone_number"),
        ("Call ７１５-５５５-０１２３", "text_phone_number"),
        ("Call 715–555–0123", "text_phone_number"),
        ("A bell\x07 rang", "text_control_characters"),
        ("A null\x00", "text_control_characters"),
        ("A tab\there", "text_control_characters"),
        ("A next line\x85here", "text_control_characters"),
        ("Turned \u202eround", "text_direction_controls"),
        ("Isolated \u2066text\u2069", "text_direction_controls"),
        ("zero\u200bwidth", "text_invisible_characters"),
        ("soft\u00adhyphen", "text_invisible_characters"),
        ("tag\U000e0041", "text_invisible_characters"),
        ("filler \u3164", "text_invisible_characters"),
        ("private \ue000", "text_invisible_characters"),
        ("lone \ud800", "text_invisible_characters"),
    ],
)
def test_what_has_no_place_is_named(text, code):
    assert code in codes(text)
    assert codes(text) == [code]


def test_several_faults_are_all_named_with_the_field():
    found = text_reasons("Call 715-555-0123 or hale@x.org,\x07 see www.x.org", PUBLIC_SUMMARY)
    assert [each.code for each in found] == [
        "text_control_characters",
        "text_mail_address",
        "text_link",
        "text_phone_number",
    ]
    assert {each.params["field"] for each in found} == {"public_summary"}


def test_the_request_s_own_case_number_is_no_phone_number():
    text = "It is about 715-555-0123, see there."
    assert codes(text) == ["text_phone_number"]
    assert codes(text, case_number="715-555-0123") == []
    for part in ("12", "715", "555-0123", "@", "x" * 40, "0123, see", "9" * 1_000_000):
        assert codes(text, case_number=part) == ["text_phone_number"]


def test_length_is_counted_after_tidying():
    assert codes(" " * 50 + "word of a sentence here" + " " * 50, FACTUAL_BASIS) == []
    assert codes("too short", FACTUAL_BASIS) == ["text_too_short"]
    assert codes("  \n ", FACTUAL_BASIS) == ["text_missing"]
    assert codes("x" * 1201, FACTUAL_BASIS) == ["text_too_long"]
    assert codes("x" * 1200, FACTUAL_BASIS) == []


def test_a_summary_is_one_line():
    assert codes("One line.\nAnother line.", PUBLIC_SUMMARY) == ["text_more_than_one_line"]


@pytest.mark.parametrize(
    "unit", ["a", " ", "5", "5-", "a.", "@", "w.w", "(7", "dot ", "\u202e", "+1 ", "a-b."]
)
def test_a_megabyte_is_refused_at_once_and_the_longest_allowed_text_is_fast(unit):
    started = time.process_time()
    assert codes(unit * (1_000_000 // len(unit)), FACTUAL_BASIS)[0] == "text_too_long"
    assert time.process_time() - started < 0.05
    started = time.process_time()
    codes((unit * 1200)[:1200], FACTUAL_BASIS)
    assert time.process_time() - started < 0.1


@quick
@given(st.text(max_size=300))
def test_whatever_passes_holds_nothing_unseen(text):
    if not codes(text):
        assert all(each.isprintable() or each in "\n\u00a0" or each.isspace() for each in tidy(text))


@quick
@given(st.text(max_size=100), st.sampled_from(["https://a.example", "hale@a.example", "715-555-0123"]))
def test_nothing_around_it_hides_a_link_a_mail_address_or_a_number(text, planted):
    assert codes(f"{text} {planted} {text}")


@quick
@given(st.text())
def test_tidy_is_stable(text):
    assert tidy(tidy(text)) == tidy(text)
