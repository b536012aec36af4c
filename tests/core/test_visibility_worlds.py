"""One rule for the object and for the list, on generated worlds; and the promises as properties of the whole table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick, thorough

from porchlight.core.lifecycle import RequestState
from porchlight.core.visibility import (
    EVERYTHING,
    NOTHING,
    RULES,
    Action,
    Actor,
    Fresh,
    Kind,
    NotMe,
    Role,
    Side,
    decide,
    visible_to,
)
from porchlight.core.visibility.kinds import MAKES_NEW, reading

IDS = ["a", "b"]
ids = st.sampled_from(IDS)
actors = st.builds(
    Actor,
    side=st.sampled_from(Side),
    role=st.sampled_from(Role),
    user_id=st.none() | ids,
    agency_id=st.none() | ids,
    household_id=st.none() | ids,
    invitation_id=st.none() | ids,
    second_factor=st.booleans(),
    fresh_factor=st.booleans(),
    also=st.frozensets(st.sampled_from(Role), max_size=2),
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "household_id": st.none() | ids,
        "agency_id": st.none() | ids,
        "invitation_id": st.none() | ids,
        "requester_id": st.none() | ids,
        "reviewer_id": st.none() | ids,
        "looked_by_id": st.none() | ids,
        "decided_by_ids": st.sets(ids),
        "paged_ids": st.sets(ids),
        "assigned_ids": st.sets(ids),
        "state": st.sampled_from(
            [*(str(state) for state in RequestState), "active", "running", "coming", "open", "paused"]
        ),
        "agency_status": st.sampled_from(["active", "suspended"]),
        "public": st.booleans(),
        "complete": st.booleans(),
        "was_signed": st.booleans(),
        "side": st.sampled_from([str(side) for side in Side]),
        "role": st.sampled_from([str(role) for role in Role]),
    },
)
HOUSEHOLDS_OWN = (
    Kind.HOUSEHOLD,
    Kind.PLACE,
    Kind.CAMERA,
    Kind.CLIP,
    Kind.GRANT,
    Kind.OPT_OUT,
    Kind.ANSWER,
)


@pytest.mark.parametrize("kind", Kind)
@quick
@given(actors, st.lists(facts, max_size=6))
def test_the_list_holds_exactly_what_may_be_read_alone(kind, actor, world):
    found = visible_to(actor, kind)
    for thing in world:
        assert found.matches(thing) == decide(actor, reading(kind), thing).allowed


@thorough
@given(actors, facts, st.sampled_from(Action))
def test_nothing_can_be_done_with_what_cannot_be_read(actor, thing, action):
    if decide(actor, action, thing) and action not in MAKES_NEW:
        assert decide(actor, reading(action.kind), thing)


@thorough
@given(actors, facts, st.sampled_from(HOUSEHOLDS_OWN))
def test_nobody_but_the_household_reads_what_is_the_household_s(actor, thing, kind):
    if decide(actor, reading(kind), thing):
        assert actor.side is Side.RESIDENT
        assert Role.RESIDENT in actor.roles
        assert actor.household_id is not None
        assert actor.household_id == thing["household_id"]


@thorough
@given(actors, facts)
def test_no_staff_and_no_other_agency_reads_or_opens_a_share(actor, thing):
    for action in (Action.SHARE_READ, Action.SHARE_OPEN, Action.SHARE_ASSIGN):
        if decide(actor, action, thing):
            assert actor.side is Side.AGENCY
            assert actor.second_factor
            assert actor.agency_id is not None
            assert actor.agency_id == thing["agency_id"]


@thorough
@given(actors, facts, st.sampled_from(Action))
def test_without_the_second_factor_staff_see_what_the_public_sees(actor, thing, action):
    if actor.side is not Side.RESIDENT and not actor.second_factor and decide(actor, action, thing):
        assert action in {Action.REQUEST_READ, Action.DECISION_READ, Action.AGENCY_READ}
        assert thing["public"] is True


@thorough
@given(actors, facts)
def test_nobody_signs_their_own(actor, thing):
    if decide(actor, Action.REQUEST_SIGN, thing):
        assert actor.user_id is not None
        assert thing["requester_id"] not in {None, actor.user_id}
        assert actor.fresh_factor


@pytest.mark.parametrize("action", Action)
def test_two_people_without_ids_are_not_the_same(action):
    for side in Side:
        for role in Role:
            nobody = Actor(side, role, second_factor=True, fresh_factor=True)
            nameless = dict.fromkeys(
                ["household_id", "agency_id", "invitation_id", "requester_id", "reviewer_id", "assigned_ids"]
            )
            if decide(nobody, action, nameless):
                assert (side, role) in {(Side.OPERATOR, Role.OPERATOR), (Side.REVIEW, Role.REVIEWER)}


def test_rows_of_reading_can_be_made_into_filters():
    for rule in RULES:
        if rule.action is reading(rule.action.kind):
            assert not [each for each in rule.conditions if isinstance(each, NotMe | Fresh)]


def test_every_action_has_a_row():
    assert {rule.action for rule in RULES} == set(Action)


def test_everything_and_nothing():
    assert EVERYTHING.is_everything
    assert EVERYTHING.matches({})
    assert NOTHING.is_nothing
    assert not NOTHING.matches({"public": True})
