"""A custody chain in which nothing can be changed, moved, dropped or added unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import NOON, quick

from porchlight.core.custody import Observed, append, head_after, new_chain, verify

ACTS = [("shared", "owner"), ("opened", "officer-1"), ("downloaded", "officer-1"), ("opened", "custodian-2")]


def chain(name="share-1", acts=ACTS):
    head, entries = new_chain(name), []
    for index, (act, actor) in enumerate(acts):
        entries.append(
            append(
                head,
                at=NOON + timedelta(hours=index),
                act=act,
                actor=actor,
                facts={"bytes": index, "note": None},
            )
        )
        head = head_after(entries[-1])
    return entries, head


def codes(decision):
    return [each.code for each in decision.reasons]


def test_a_chain_as_it_was_written_verifies():
    entries, head = chain()
    assert verify("share-1", entries)
    assert verify("share-1", entries, head)
    assert verify("share-1", [], new_chain("share-1"))


def test_a_hash_is_stable():
    (entry,), _ = chain(acts=ACTS[:1])
    assert entry.content() == (
        b'{"act":"shared","actor":"owner","at":"2026-03-20T12:00:00.000000+00:00","chain":"share-1",'
        b'"facts":{"bytes":0,"note":null},"format":"porchlight.custody/1","number":0,"observed":"server",'
        b'"previous":"' + new_chain("share-1").hash.encode() + b'"}'
    )


CHANGES = {
    "at": NOON + timedelta(days=1),
    "act": "deleted",
    "actor": "officer-9",
    "observed": Observed.REPORTED,
    "facts": {"bytes": 7},
    "number": 9,
    "chain": "share-2",
    "previous": "0" * 64,
    "hash": "0" * 64,
}


@pytest.mark.parametrize("place", range(len(ACTS)))
@pytest.mark.parametrize("field", CHANGES)
def test_any_change_to_any_entry_is_seen(place, field):
    entries, _ = chain()
    entries[place] = replace(entries[place], **{field: CHANGES[field]})
    assert not verify("share-1", entries)


@quick
@given(st.permutations(range(len(ACTS))))
def test_any_other_order_is_seen(order):
    entries, _ = chain()
    assert verify("share-1", [entries[n] for n in order]).allowed == (order == sorted(order))


@quick
@given(st.sets(st.integers(0, len(ACTS) - 1)))
def test_any_gap_is_seen_and_a_cut_end_by_the_head(kept):
    entries, head = chain()
    rest = [entries[n] for n in sorted(kept)]
    assert verify("share-1", rest).allowed == (sorted(kept) == list(range(len(kept))))
    assert verify("share-1", rest, head).allowed == (len(kept) == len(ACTS))


def test_an_entry_of_another_chain_does_not_fit():
    entries, _ = chain("share-2")
    assert codes(verify("share-1", entries)) == ["custody_chain_broken"]


def test_a_rewritten_end_is_seen_by_the_head():
    _, head = chain()
    rewritten, _ = chain(acts=[*ACTS[:-1], ("opened", "officer-9")])
    assert verify("share-1", rewritten)
    assert codes(verify("share-1", rewritten, head)) == ["custody_not_the_head"]


def test_two_facts_that_look_alike_hash_apart():
    head = new_chain("c")
    hashes = {
        append(head, at=NOON, act="a", actor="b", facts=facts).hash
        for facts in ({}, {"x": 1}, {"x": "1"}, {"x": True}, {"x": None}, {"x,y": 1}, {"x": 1, "y": 1})
    }
    assert len(hashes) == 7


@pytest.mark.parametrize("value", [1.5, [], {}, b"x"])
def test_a_fact_without_one_text_in_every_language_is_refused(value):
    with pytest.raises(ValueError, match="custody fact"):
        append(new_chain("c"), at=NOON, act="a", actor="b", facts={"x": value})
