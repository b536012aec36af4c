import inspect
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, quick

from porchlight.core.notices import WINDOW, message_id, send_moment


@quick
@given(st.binary(min_size=8, max_size=8), st.timedeltas(timedelta(0), timedelta(hours=1)))
def test_a_notice_goes_out_within_its_window(drawn, window):
    moment = send_moment(lambda n: drawn[:n], NOON, window)
    assert moment >= NOON
    assert moment < NOON + window or moment == NOON


def test_the_window_is_a_quarter_of_an_hour_and_all_of_it_is_used():
    assert timedelta(minutes=15) == WINDOW
    assert send_moment(lambda n: b"\x00" * n, NOON) == NOON
    assert send_moment(lambda n: b"\xff" * n, NOON) == NOON + WINDOW - timedelta(microseconds=1)


def test_moments_are_even_over_the_window():
    quarters = Counter(
        (send_moment(lambda n, top=top: bytes([top]) + b"\x80" * (n - 1), NOON) - NOON) // (WINDOW / 4)
        for top in range(256)
    )
    assert quarters == {0: 64, 1: 64, 2: 64, 3: 64}


def test_no_window_means_at_once_and_none_ends_before_it_begins():
    assert send_moment(lambda n: b"\xff" * n, NOON, timedelta(0)) == NOON
    with pytest.raises(ValueError, match="window"):
        send_moment(lambda n: b"\xff" * n, NOON, timedelta(seconds=-1))


def test_nothing_about_other_notices_can_be_passed_in():
    assert list(inspect.signature(send_moment).parameters) == ["source", "approved_at", "window"]
    assert list(inspect.signature(message_id).parameters) == ["source", "domain"]


@quick
@given(st.binary(min_size=16, max_size=16))
def test_a_message_id_is_its_random_bytes_and_nothing_else(drawn):
    assert message_id(lambda n: drawn[:n], "Porch.Example") == f"<{drawn.hex()}@porch.example>"


@pytest.mark.parametrize("domain", ["", "a b", "x\r\nBcc: y", "a>b", ".a", "a.", "é.example"])
def test_a_domain_cannot_break_out_of_the_header(domain):
    with pytest.raises(ValueError, match="domain"):
        message_id(lambda n: b"\x00" * n, domain)
