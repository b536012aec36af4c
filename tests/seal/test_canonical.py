import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seal import vectors

from porchlight.seal import canonical
from porchlight.seal.errors import SealError

VECTORS = vectors.load("canonical.json")
LEAVES = st.none() | st.booleans() | st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER) | st.text()
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


@pytest.mark.parametrize("vector", VECTORS["written"], ids=lambda vector: vector["json"][:20])
def test_writes_the_canonical_form(vector):
    written = canonical.encode(json.loads(vector["json"]))
    assert written.decode() == vector["canonical"]
    assert canonical.decode(written) == json.loads(vector["json"])


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_reads_no_other_form(vector):
    with pytest.raises(SealError) as refused:
        canonical.decode(vector["text"].encode())
    assert refused.value.code == "malformed"


@pytest.mark.parametrize("data", [b"\xff", b'"\xc3"', b"\xef\xbb\xbf{}", b'"\xed\xa0\x80"'])
def test_reads_no_broken_utf_8(data):
    with pytest.raises(SealError):
        canonical.decode(data)


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), {1: 2}, b"bytes", {"a": "\ud800"}, 2**53, (1, 2), {"A": 1}]
)
def test_writes_nothing_that_has_no_form(value):
    with pytest.raises(SealError):
        canonical.encode(value)


@given(VALUES)
def test_what_is_written_is_read_as_it_was(value):
    assert canonical.decode(canonical.encode(value)) == value


def test_times():
    for vector in VECTORS["times"]:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=vector["unix_ms"])
        assert canonical.time_text(moment) == vector["text"]
        assert canonical.time_from(vector["text"]) == moment


@pytest.mark.parametrize("text", VECTORS["times_refused"])
def test_times_in_another_form(text):
    with pytest.raises(SealError):
        canonical.time_from(text)


def test_times_of_other_zones_and_finer_grain_are_written_in_utc_cut_to_milliseconds():
    zone = timezone(timedelta(hours=-7))
    assert canonical.time_text(datetime(2026, 1, 1, 20, 0, 0, 999_999, zone)) == "2026-01-02T03:00:00.999Z"
    with pytest.raises(SealError):
        canonical.time_text(datetime(2026, 1, 1))  # noqa: DTZ001
