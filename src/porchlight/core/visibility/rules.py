"""The table. Each row reads: on these sides, in these roles, may do this, if all of that holds.

What is not here, nobody may do. Mind the gaps, they are the promises:
- no row lets anyone but the household read a household, its place, cameras, clips, grants, invitations, opt-outs or
  answers, on any side, in any role;
- no row lets a reviewer or an operator read a share: staff cannot see footage;
- no row lets an agency read anything of another agency that the public can't;
- no row lets an agency see who at the review desk is on call or was paged;
- a supervisor signs another person's request, with the second factor passed again.
"""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.core.lifecycle import EDITABLE_STATES, OPEN_STATES, RequestState, ShareState
from porchlight.core.second_look import LookState
from porchlight.core.visibility.actors import Actor, Role, Side
from porchlight.core.visibility.conditions import (
    Condition,
    Facts,
    Fresh,
    Mine,
    Named,
    NotMe,
    Only,
    SecondFactor,
)
from porchlight.core.visibility.kinds import Action as Do


@dataclass(frozen=True)
class Rule:
    """One row: every condition must hold. Any row is enough."""

    sides: frozenset[Side]
    roles: frozenset[Role]
    action: Do
    conditions: tuple[Condition, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        return actor.side in self.sides and not self.roles.isdisjoint(actor.roles)

    def failing(self, actor: Actor, facts: Facts) -> tuple[Condition, ...]:
        return tuple(each for each in self.conditions if not each.holds(actor, facts))


def _rows(sides: set[Side], roles: set[Role], *actions: Do, when: tuple[Condition, ...] = ()) -> list[Rule]:
    return [Rule(frozenset(sides), frozenset(roles), action, when) for action in actions]


def only(field: str, *values: str) -> Only:
    """The fact is one of these; members of enumerations as plain text, so that a database can take them."""
    return Only(field, frozenset(str(value) for value in values))


def truly(field: str) -> Only:
    return Only(field, frozenset({True}))


HOME, DESK, REVIEW, CONSOLE = {Side.RESIDENT}, {Side.AGENCY}, {Side.REVIEW}, {Side.OPERATOR}
EVERY_SIDE, EVERYBODY = set(Side), set(Role)
RESIDENT, LINK, OFFICER, SUPERVISOR = {Role.RESIDENT}, {Role.LINK}, {Role.OFFICER}, {Role.SUPERVISOR}
CUSTODIAN, ADMIN, REVIEWER, OPERATOR = (
    {Role.CUSTODIAN},
    {Role.AGENCY_ADMIN},
    {Role.REVIEWER},
    {Role.OPERATOR},
)
ASKERS = OFFICER | SUPERVISOR
AGENCY_STAFF = ASKERS | CUSTODIAN | ADMIN

OURS = (SecondFactor(), Mine("agency_id"))
BY_ME = Named("requester_id")
PUBLIC, COMPLETE, WAS_SIGNED = truly("public"), truly("complete"), truly("was_signed")
IN_GOOD_STANDING = only("agency_status", "active")
OPEN_OR_DRAFT = only("state", *OPEN_STATES, RequestState.DRAFT)
NOT_DRAFT = only("state", *(set(RequestState) - {RequestState.DRAFT}))

RULES: tuple[Rule, ...] = (
    # -- the household's own --------------------------------------------------------------------------------------
    *_rows(HOME, RESIDENT, Do.HOUSEHOLD_READ, Do.HOUSEHOLD_CHANGE, when=(Mine("household_id"),)),
    *_rows(HOME, RESIDENT, Do.PLACE_READ, Do.PLACE_CHANGE, when=(Mine("household_id"),)),
    *_rows(HOME, RESIDENT, Do.CAMERA_READ, Do.CAMERA_CHANGE, when=(Mine("household_id"),)),
    *_rows(HOME, RESIDENT, Do.CLIP_READ, Do.CLIP_DELETE, Do.GRANT_READ, when=(Mine("household_id"),)),
    *_rows(HOME, RESIDENT, Do.OPT_OUT_READ, Do.OPT_OUT_CHANGE, when=(Mine("household_id"),)),
    *_rows(HOME, RESIDENT, Do.ANSWER_READ, when=(Mine("household_id"),)),
    *_rows(
        HOME,
        RESIDENT,
        Do.ANSWER_WITHDRAW,
        when=(Mine("household_id"), only("state", ShareState.ACTIVE)),
    ),
    *_rows(
        HOME,
        RESIDENT,
        Do.INVITATION_READ,
        Do.INVITATION_ANSWER,
        Do.INVITATION_REPORT,
        when=(Mine("household_id"),),
    ),
    # A signed link opens the one invitation it was made for, and shows no state of the household.
    *_rows(
        HOME,
        LINK,
        Do.INVITATION_READ,
        Do.INVITATION_ANSWER,
        Do.INVITATION_REPORT,
        when=(Mine("invitation_id"),),
    ),
    # -- the request ----------------------------------------------------------------------------------------------
    *_rows(DESK, ASKERS, Do.REQUEST_DRAFT, when=(*OURS, IN_GOOD_STANDING)),
    *_rows(DESK, ASKERS, Do.REQUEST_READ, when=(*OURS, BY_ME)),
    *_rows(DESK, AGENCY_STAFF, Do.REQUEST_READ, when=(*OURS, NOT_DRAFT)),
    *_rows(
        DESK,
        ASKERS,
        Do.REQUEST_CHANGE,
        Do.REQUEST_SUBMIT,
        when=(*OURS, BY_ME, only("state", *EDITABLE_STATES), IN_GOOD_STANDING),
    ),
    *_rows(
        DESK,
        SUPERVISOR,
        Do.REQUEST_SIGN,
        when=(
            *OURS,
            NotMe("requester_id"),
            only("state", RequestState.SUBMITTED),
            IN_GOOD_STANDING,
            Fresh(),
        ),
    ),
    *_rows(
        DESK,
        SUPERVISOR,
        Do.REQUEST_SEND_BACK,
        when=(*OURS, NotMe("requester_id"), only("state", RequestState.SUBMITTED)),
    ),
    *_rows(DESK, ASKERS, Do.REQUEST_WITHDRAW, when=(*OURS, BY_ME, OPEN_OR_DRAFT)),
    *_rows(DESK, SUPERVISOR, Do.REQUEST_WITHDRAW, when=(*OURS, only("state", *OPEN_STATES))),
    *_rows(REVIEW, REVIEWER, Do.REQUEST_READ, when=(SecondFactor(), WAS_SIGNED)),
    *_rows(REVIEW, REVIEWER, Do.REQUEST_DECIDE, when=(SecondFactor(), only("state", RequestState.SIGNED))),
    *_rows(REVIEW, REVIEWER, Do.REQUEST_REVOKE, when=(SecondFactor(), only("state", RequestState.APPROVED))),
    *_rows(EVERY_SIDE, EVERYBODY, Do.REQUEST_READ, when=(PUBLIC,)),
    # A report is for reviewers and the household that made it; the agency never learns that there is one.
    *_rows(REVIEW, REVIEWER, Do.REPORT_READ, when=(SecondFactor(),)),
    *_rows(HOME, RESIDENT, Do.REPORT_READ, when=(Mine("household_id"),)),
    # -- the reviewers' verdicts: nobody's sways another's, so they show when all are in ----------------------------
    *_rows(REVIEW, REVIEWER, Do.DECISION_READ, when=(SecondFactor(), Named("reviewer_id"))),
    *_rows(REVIEW, REVIEWER, Do.DECISION_READ, when=(SecondFactor(), COMPLETE)),
    *_rows(DESK, AGENCY_STAFF, Do.DECISION_READ, when=(*OURS, COMPLETE)),
    *_rows(EVERY_SIDE, EVERYBODY, Do.DECISION_READ, when=(PUBLIC,)),
    # -- what was shared, on the agency's side ----------------------------------------------------------------------
    *_rows(DESK, OFFICER, Do.SHARE_READ, when=(*OURS, Named("assigned_ids"))),
    *_rows(DESK, CUSTODIAN | SUPERVISOR, Do.SHARE_READ, when=OURS),
    *_rows(
        DESK,
        ASKERS,
        Do.SHARE_OPEN,
        when=(*OURS, Named("assigned_ids"), only("state", ShareState.ACTIVE)),
    ),
    *_rows(DESK, CUSTODIAN, Do.SHARE_OPEN, when=(*OURS, only("state", ShareState.ACTIVE))),
    *_rows(DESK, CUSTODIAN | SUPERVISOR, Do.SHARE_ASSIGN, when=OURS),
    # -- who looked: each side sees its own entries -----------------------------------------------------------------
    *_rows(HOME, RESIDENT, Do.CUSTODY_READ, Do.AUDIT_READ, when=(Mine("household_id"),)),
    *_rows(DESK, CUSTODIAN | SUPERVISOR, Do.CUSTODY_READ, when=OURS),
    *_rows(DESK, OFFICER, Do.CUSTODY_READ, when=(*OURS, Named("assigned_ids"))),
    *_rows(DESK, ADMIN, Do.AUDIT_READ, when=OURS),
    *_rows(CONSOLE, OPERATOR, Do.AUDIT_READ, when=(SecondFactor(), only("side", Side.OPERATOR, Side.REVIEW))),
    # -- the review desk's own: who is on call, who is paged, what is looked at again ---------------------------------
    *_rows(CONSOLE, OPERATOR, Do.SHIFT_READ, when=(SecondFactor(),)),
    *_rows(REVIEW, REVIEWER, Do.SHIFT_READ, Do.SHIFT_ADD, when=(SecondFactor(),)),
    *_rows(
        REVIEW,
        REVIEWER,
        Do.SHIFT_TAKE_OVER,
        when=(SecondFactor(), NotMe("reviewer_id"), only("state", "coming", "running")),
    ),
    *_rows(
        REVIEW,
        REVIEWER,
        Do.SHIFT_REMOVE,
        when=(SecondFactor(), Named("reviewer_id"), only("state", "coming")),
    ),
    *_rows(REVIEW, REVIEWER, Do.ALARM_READ, when=(SecondFactor(),)),
    *_rows(REVIEW, REVIEWER, Do.ALARM_ACKNOWLEDGE, when=(SecondFactor(), only("state", "open"))),
    *_rows(
        REVIEW,
        REVIEWER,
        Do.ALARM_HAND_ON,
        when=(SecondFactor(), Named("paged_ids"), only("state", "open")),
    ),
    *_rows(REVIEW, REVIEWER, Do.SECOND_LOOK_READ, when=(SecondFactor(),)),
    *_rows(EVERY_SIDE, EVERYBODY, Do.SECOND_LOOK_READ, when=(PUBLIC,)),
    *_rows(
        REVIEW,
        REVIEWER,
        Do.SECOND_LOOK_ANSWER,
        when=(SecondFactor(), NotMe("decided_by_ids"), only("state", LookState.WAITING)),
    ),
    *_rows(
        REVIEW,
        REVIEWER,
        Do.SECOND_LOOK_RECONSIDER,
        when=(SecondFactor(), NotMe("looked_by_id"), only("state", LookState.PAUSED)),
    ),
    # -- people and agencies ----------------------------------------------------------------------------------------
    *_rows(DESK, AGENCY_STAFF, Do.OFFICER_READ, when=OURS),
    *_rows(DESK, ADMIN, Do.OFFICER_INVITE, Do.OFFICER_UNLOCK, Do.OFFICER_REMOVE, when=OURS),
    *_rows(
        CONSOLE,
        OPERATOR,
        Do.OFFICER_READ,
        Do.OFFICER_INVITE,
        when=(SecondFactor(), only("role", Role.AGENCY_ADMIN)),
    ),
    *_rows(EVERY_SIDE, EVERYBODY, Do.AGENCY_READ, when=(PUBLIC,)),
    *_rows(DESK, AGENCY_STAFF, Do.AGENCY_READ, when=OURS),
    *_rows(DESK, ADMIN, Do.AGENCY_CHANGE, when=OURS),
    *_rows(CONSOLE, OPERATOR, Do.AGENCY_READ, Do.AGENCY_ADD, Do.AGENCY_SUSPEND, when=(SecondFactor(),)),
)
