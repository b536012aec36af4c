"""Who may do what, written out by hand from the promises, and not from the rules.

Each line names an object, an action and everyone of the cast who may; everyone else may not.
"""

from dataclasses import replace
from uuid import UUID

import pytest

from porchlight.core.visibility import Action, Actor, Kind, Role, Side, decide, visible_to

STAFF = {"second_factor": True}
CAST = {
    "nobody": Actor(Side.RESIDENT, Role.ANYONE),
    "ann": Actor(Side.RESIDENT, Role.RESIDENT, user_id="ann", household_id="home"),
    "bob": Actor(Side.RESIDENT, Role.RESIDENT, user_id="bob", household_id="next-door"),
    "newcomer": Actor(Side.RESIDENT, Role.RESIDENT, user_id="newcomer"),
    "link": Actor(Side.RESIDENT, Role.LINK, invitation_id="invitation"),
    "other_link": Actor(Side.RESIDENT, Role.LINK, invitation_id="other-invitation"),
    "hale": Actor(Side.AGENCY, Role.OFFICER, user_id="hale", agency_id="falls", **STAFF),
    "noor": Actor(Side.AGENCY, Role.OFFICER, user_id="noor", agency_id="falls", **STAFF),
    "wills": Actor(
        Side.AGENCY, Role.SUPERVISOR, user_id="wills", agency_id="falls", fresh_factor=True, **STAFF
    ),
    "tired": Actor(Side.AGENCY, Role.SUPERVISOR, user_id="tired", agency_id="falls", **STAFF),
    "clerk": Actor(Side.AGENCY, Role.CUSTODIAN, user_id="clerk", agency_id="falls", **STAFF),
    "admin": Actor(Side.AGENCY, Role.AGENCY_ADMIN, user_id="admin", agency_id="falls", **STAFF),
    "amaro": Actor(Side.AGENCY, Role.OFFICER, user_id="amaro", agency_id="cedar", **STAFF),
    "chief": Actor(
        Side.AGENCY, Role.SUPERVISOR, user_id="chief", agency_id="cedar", fresh_factor=True, **STAFF
    ),
    "rey": Actor(Side.REVIEW, Role.REVIEWER, user_id="rey", **STAFF),
    "sol": Actor(Side.REVIEW, Role.REVIEWER, user_id="sol", **STAFF),
    "op": Actor(Side.OPERATOR, Role.OPERATOR, user_id="op", **STAFF),
    # A session that has not passed the second factor, and people who wandered to another side.
    "half_hale": Actor(Side.AGENCY, Role.OFFICER, user_id="hale", agency_id="falls"),
    "half_rey": Actor(Side.REVIEW, Role.REVIEWER, user_id="rey"),
    "ann_at_agency": Actor(Side.AGENCY, Role.RESIDENT, user_id="ann", household_id="home", **STAFF),
    "hale_at_home": Actor(Side.RESIDENT, Role.OFFICER, user_id="hale", agency_id="falls", **STAFF),
    "op_at_review": Actor(Side.REVIEW, Role.OPERATOR, user_id="op", **STAFF),
}
EVERYONE = set(CAST)


def shadows():
    """Everyone without what makes them who they are: may what everyone may, and nothing else."""
    for name, actor in CAST.items():
        if actor.role is Role.ANYONE or "_at_" in name:
            continue
        if actor.side is not Side.RESIDENT:
            yield f"{name} without second factor", replace(actor, second_factor=False)
        for side in set(Side) - {actor.side}:
            yield f"{name} on the side {side}", replace(actor, side=side)
        if actor.agency_id:
            yield f"{name} of no agency", replace(actor, agency_id=None)
            yield f"{name} of another agency", replace(actor, agency_id="third")


OURS = {"agency_id": "falls", "requester_id": "hale", "agency_status": "active"}
HOME = {"household_id": "home"}
SHARE = {"agency_id": "falls", "assigned_ids": {"hale", "other"}}

OBJECTS = {
    "home": HOME,
    "invitation": {**HOME, "invitation_id": "invitation"},
    "answer": {**HOME, "state": "active"},
    "old_answer": {**HOME, "state": "withdrawn"},
    "report": {**HOME, "agency_id": "falls"},
    "draft": {**OURS, "state": "draft", "was_signed": False, "public": False},
    "submitted": {**OURS, "state": "submitted", "was_signed": False, "public": False},
    "own": {**OURS, "requester_id": "wills", "state": "submitted", "was_signed": False, "public": False},
    "signed": {**OURS, "state": "signed", "was_signed": True, "public": False},
    "returned": {**OURS, "state": "returned", "was_signed": True, "public": False},
    "sent_back": {**OURS, "state": "returned", "was_signed": False, "public": False},
    "approved": {**OURS, "state": "approved", "was_signed": True, "public": False},
    "published": {**OURS, "state": "approved", "was_signed": True, "public": True},
    "closed": {**OURS, "state": "closed", "was_signed": True, "public": True},
    "supervisors_draft": {
        **OURS,
        "requester_id": "wills",
        "state": "draft",
        "was_signed": False,
        "public": False,
    },
    "suspended_submitted": {**OURS, "state": "submitted", "agency_status": "suspended", "public": False},
    "supervisors_share": {"agency_id": "falls", "assigned_ids": {"wills"}, "state": "active"},
    "suspended": {
        **OURS,
        "state": "draft",
        "agency_status": "suspended",
        "was_signed": False,
        "public": False,
    },
    "new": {"agency_id": "falls", "agency_status": "active"},
    "new_suspended": {"agency_id": "falls", "agency_status": "suspended"},
    "first_verdict": {"agency_id": "falls", "reviewer_id": "rey", "complete": False, "public": False},
    "verdicts": {"agency_id": "falls", "reviewer_id": "rey", "complete": True, "public": False},
    "public_verdict": {"agency_id": "falls", "reviewer_id": "rey", "complete": True, "public": True},
    "share": {**SHARE, "state": "active"},
    "ended": {**SHARE, "state": "withdrawn"},
    "owners_custody": HOME,
    "agency_custody": SHARE,
    "agency_audit": {"side": "agency", "agency_id": "falls"},
    "staff_audit": {"side": "review"},
    "owner_audit": {"side": "resident", **HOME},
    "who_looked_at_home": {"side": "review", **HOME},
    "officer": {"agency_id": "falls", "role": "officer"},
    "agency_admin": {"agency_id": "falls", "role": "agency_admin"},
    "agency": {"agency_id": "falls", "public": True},
    "hidden_agency": {"agency_id": "falls", "public": False},
    "shift": {"reviewer_id": "rey", "state": "running"},
    "coming_shift": {"reviewer_id": "rey", "state": "coming"},
    "past_shift": {"reviewer_id": "rey", "state": "past"},
    "alarm": {"paged_ids": {"rey"}, "state": "open"},
    "over": {"paged_ids": {"rey", "sol"}, "state": "over"},
    "look": {"decided_by_ids": {"rey"}, "state": "waiting", "public": False},
    "public_look": {"decided_by_ids": {"rey"}, "state": "waiting", "public": True},
    "paused_look": {"decided_by_ids": {"rey"}, "looked_by_id": "sol", "state": "paused", "public": False},
    "done_look": {"decided_by_ids": {"rey"}, "looked_by_id": "sol", "state": "done", "public": True},
}

TABLE = """
home             household.read       ann
home             household.change     ann
home             place.read           ann
home             place.change         ann
home             camera.read          ann
home             camera.change        ann
home             clip.read            ann
home             clip.delete          ann
home             grant.read           ann
home             opt_out.read         ann
home             opt_out.change       ann
invitation       invitation.read      ann link
invitation       invitation.answer    ann link
invitation       invitation.report    ann link
answer           answer.read          ann
answer           answer.withdraw      ann
old_answer       answer.read          ann
old_answer       answer.withdraw      -
report           report.read          ann rey sol

draft            request.read         hale
supervisors_draft request.read        wills
supervisors_draft request.change      wills
supervisors_draft request.submit      wills
supervisors_draft request.withdraw    wills
suspended        request.change       -
suspended_submitted request.sign      -
suspended_submitted request.withdraw  hale wills tired
supervisors_share share.open          wills clerk
submitted        request.read         hale noor wills tired clerk admin
own              request.read         hale noor wills tired clerk admin
signed           request.read         hale noor wills tired clerk admin rey sol
returned         request.read         hale noor wills tired clerk admin rey sol
sent_back        request.read         hale noor wills tired clerk admin
approved         request.read         hale noor wills tired clerk admin rey sol
published        request.read         everyone
closed           request.read         everyone
new              request.draft        hale noor wills tired
new_suspended    request.draft        -
draft            request.change       hale
draft            request.submit       hale
sent_back        request.submit       hale
submitted        request.change       -
signed           request.submit       -
suspended        request.submit       -
submitted        request.sign         wills
own              request.sign         -
draft            request.sign         -
signed           request.sign         -
submitted        request.send_back    wills tired
own              request.send_back    tired
signed           request.send_back    -
draft            request.withdraw     hale
submitted        request.withdraw     hale wills tired
approved         request.withdraw     hale wills tired
closed           request.withdraw     -
signed           request.decide       rey sol
submitted        request.decide       -
approved         request.decide       -
approved         request.revoke       rey sol
signed           request.revoke       -

first_verdict    decision.read        rey
verdicts         decision.read        rey sol hale noor wills tired clerk admin
public_verdict   decision.read        everyone

share            share.read           hale wills tired clerk
share            share.open           hale clerk
share            share.assign         wills tired clerk
ended            share.read           hale wills tired clerk
ended            share.open           -
owners_custody   custody.read         ann
agency_custody   custody.read         hale wills tired clerk
agency_audit     audit.read           admin
staff_audit      audit.read           op
owner_audit      audit.read           ann
who_looked_at_home audit.read         ann op

officer          officer.read         hale noor wills tired clerk admin
officer          officer.invite       admin
officer          officer.unlock       admin
officer          officer.remove       admin
agency_admin     officer.read         hale noor wills tired clerk admin op
agency_admin     officer.invite       admin op
agency           agency.read          everyone
hidden_agency    agency.read          hale noor wills tired clerk admin op
agency           agency.change        admin
agency           agency.add           op
agency           agency.suspend       op

shift            shift.read           rey sol op
shift            shift.add            rey sol
shift            shift.take_over      sol
coming_shift     shift.take_over      sol
past_shift       shift.take_over      -
shift            shift.remove         -
coming_shift     shift.remove         rey
past_shift       shift.remove         -
alarm            alarm.read           rey sol
alarm            alarm.acknowledge    rey sol
over             alarm.acknowledge    -
alarm            alarm.hand_on        rey
over             alarm.hand_on        -
look             second_look.read     rey sol
public_look      second_look.read     everyone
look             second_look.answer   sol
public_look      second_look.answer   sol
paused_look      second_look.answer   -
done_look        second_look.answer   -
paused_look      second_look.reconsider rey
look             second_look.reconsider -
done_look        second_look.reconsider -
"""

LINES = [line.split() for line in TABLE.strip().splitlines() if line]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]}-{line[1]}")
def test_exactly_those_named_may(line):
    name, action, *who = line
    expected = EVERYONE if who == ["everyone"] else set(who) - {"-"}
    assert expected <= EVERYONE
    found = {each for each, actor in CAST.items() if decide(actor, Action(action), OBJECTS[name])}
    assert found == expected
    for each, shadow in shadows():
        assert decide(shadow, Action(action), OBJECTS[name]).allowed == (who == ["everyone"]), each


def test_every_action_stands_in_the_table():
    assert {line[1] for line in LINES} == {str(action) for action in Action}


def reasons(name, action, thing):
    return [each.code for each in decide(CAST[name], Action(action), OBJECTS[thing]).reasons]


@pytest.mark.parametrize(
    ("thing", "action"),
    [("draft", Action.REQUEST_SUBMIT), ("draft", Action.REQUEST_SIGN), ("share", Action.SHARE_OPEN)],
)
def test_absent_and_forbidden_are_one_answer(thing, action):
    kept_out = [
        actor for actor in CAST.values() if not decide(actor, Action(f"{action.kind}.read"), OBJECTS[thing])
    ]
    assert kept_out
    for actor in kept_out:
        assert decide(actor, action, OBJECTS[thing]) == decide(actor, action, {})
        assert [each.code for each in decide(actor, action, {}).reasons] == ["not_found"]


def test_who_may_see_it_is_told_why_not():
    assert reasons("wills", "request.sign", "own") == ["own_act_needs_another_person"]
    assert reasons("tired", "request.sign", "submitted") == ["second_factor_again"]
    assert reasons("wills", "request.sign", "signed") == ["not_in_this_state"]
    assert reasons("hale", "request.sign", "submitted") == ["role_may_not"]
    assert reasons("noor", "request.submit", "sent_back") == ["not_the_person_named"]
    assert reasons("hale", "share.open", "ended") == ["not_in_this_state"]


def test_lists_for_nobody_are_nothing_or_public():
    for kind in Kind:
        found = visible_to(CAST["nobody"], kind)
        if kind in {Kind.REQUEST, Kind.DECISION, Kind.AGENCY, Kind.SECOND_LOOK}:
            assert found.any_of == ({"public": frozenset({True})},)
        else:
            assert found.is_nothing


def test_a_person_with_two_roles_may_what_either_may():
    both = Actor(
        Side.AGENCY,
        Role.OFFICER,
        user_id="noor",
        agency_id="falls",
        second_factor=True,
        also=frozenset({Role.CUSTODIAN}),
    )
    assert decide(both, Action.SHARE_OPEN, OBJECTS["share"])
    assert decide(both, Action.REQUEST_DRAFT, OBJECTS["new"])
    assert not decide(both, Action.REQUEST_SIGN, OBJECTS["submitted"])


def test_an_id_and_its_text_are_one_person():
    one, agency = UUID(int=7), UUID(int=8)
    signer = Actor(Side.AGENCY, Role.SUPERVISOR, str(one), str(agency), second_factor=True, fresh_factor=True)
    theirs = {"agency_id": agency, "requester_id": one, "state": "submitted", "agency_status": "active"}
    assert decide(signer, Action.REQUEST_READ, theirs)
    assert not decide(signer, Action.REQUEST_SIGN, theirs)
    assert decide(signer, Action.REQUEST_SIGN, {**theirs, "requester_id": UUID(int=9)})
    assert visible_to(signer, Kind.REQUEST).matches(theirs)
