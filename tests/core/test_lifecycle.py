"""The moves of a request and of a share, against tables written by hand and invariants over whole walks."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import thorough

from porchlight.core.errors import Refused
from porchlight.core.lifecycle import (
    EDITABLE_STATES,
    FINAL_STATES,
    OPEN_STATES,
    RequestEvent,
    RequestState,
    ShareEvent,
    ShareState,
    next_share_state,
    next_state,
    possible_events,
)

# A row for each state, a column for each event, "." where nothing leads on.
REQUESTS = """
            submit     sign    send_back  return    reject    approve   withdraw   expire
draft       submitted  .       .          .         .         .         withdrawn  .
submitted   .          signed  returned   .         .         .         withdrawn  .
signed      .          .       .          returned  rejected  approved  withdrawn  .
returned    submitted  .       .          .         .         .         withdrawn  .
rejected    .          .       .          .         .         .         .          .
approved    .          .       .          .         rejected  .         withdrawn  closed
withdrawn   .          .       .          .         .         .         .          .
closed      .          .       .          .         .         .         .          .
"""
SHARES = """
            renew      withdraw   expire     close_case  delete
active      active     withdrawn  expired    expired     .
withdrawn   .          .          .          .           deleted
expired     .          .          .          .           deleted
deleted     .          .          .          .           .
"""


def read(table):
    header, *rows = [line.split() for line in table.strip().splitlines()]
    return {(row[0], event): to for row in rows for event, to in zip(header, row[1:], strict=True)}


@pytest.mark.parametrize(
    ("table", "states", "events", "move"),
    [(REQUESTS, RequestState, RequestEvent, next_state), (SHARES, ShareState, ShareEvent, next_share_state)],
)
def test_the_moves_are_those_of_the_table(table, states, events, move):
    expected = read(table)
    assert set(expected) == {(str(state), str(event)) for state, event in product(states, events)}
    for state, event in product(states, events):
        if expected[state, event] == ".":
            with pytest.raises(Refused) as refused:
                move(state, event)
            (found,) = refused.value.reasons
            assert found.code == "move_not_possible"
            assert dict(found.params) == {"state": str(state), "event": str(event)}
        else:
            assert move(state, event) == expected[state, event]


def test_possible_events_are_those_that_lead_somewhere():
    for state in RequestState:
        for event in RequestEvent:
            if event in possible_events(state):
                next_state(state, event)
            else:
                with pytest.raises(Refused):
                    next_state(state, event)


def test_final_states_lead_nowhere_and_all_others_somewhere():
    for state in RequestState:
        assert (not possible_events(state)) == (state in FINAL_STATES)
    assert EDITABLE_STATES & FINAL_STATES == OPEN_STATES & FINAL_STATES == frozenset()


@thorough
@given(st.lists(st.sampled_from(RequestEvent), max_size=14))
def test_nothing_is_approved_that_was_not_submitted_then_signed_since_it_was_last_changed(events):
    state, steps = RequestState.DRAFT, []
    for event in events:
        try:
            state = next_state(state, event)
        except Refused:
            continue
        steps.append(event)
        if event is RequestEvent.APPROVE:
            assert steps[-3:] == [RequestEvent.SUBMIT, RequestEvent.SIGN, RequestEvent.APPROVE]
        if event is RequestEvent.SUBMIT:
            assert len(steps) == 1 or steps[-2] in {RequestEvent.SEND_BACK, RequestEvent.RETURN}


@thorough
@given(st.lists(st.sampled_from(ShareEvent), max_size=10))
def test_a_share_that_ended_is_never_active_again(events):
    state, ended = ShareState.ACTIVE, False
    for event in events:
        try:
            state = next_share_state(state, event)
        except Refused:
            continue
        ended = ended or state is not ShareState.ACTIVE
        assert ended == (state is not ShareState.ACTIVE)
