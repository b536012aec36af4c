"""What can be seen, and what can be done with it. An action is `kind.verb`."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    HOUSEHOLD = "household"
    PLACE = "place"
    CAMERA = "camera"
    CLIP = "clip"
    GRANT = "grant"
    INVITATION = "invitation"
    OPT_OUT = "opt_out"
    ANSWER = "answer"
    REPORT = "report"
    REQUEST = "request"
    DECISION = "decision"
    SHARE = "share"
    CUSTODY = "custody"
    AUDIT = "audit"
    OFFICER = "officer"
    AGENCY = "agency"
    SHIFT = "shift"
    ALARM = "alarm"
    SECOND_LOOK = "second_look"


class Action(StrEnum):
    HOUSEHOLD_READ = "household.read"
    HOUSEHOLD_CHANGE = "household.change"
    PLACE_READ = "place.read"
    PLACE_CHANGE = "place.change"
    CAMERA_READ = "camera.read"
    CAMERA_CHANGE = "camera.change"
    CLIP_READ = "clip.read"
    CLIP_DELETE = "clip.delete"
    GRANT_READ = "grant.read"
    INVITATION_READ = "invitation.read"
    INVITATION_ANSWER = "invitation.answer"
    INVITATION_REPORT = "invitation.report"
    OPT_OUT_READ = "opt_out.read"
    OPT_OUT_CHANGE = "opt_out.change"
    ANSWER_READ = "answer.read"
    ANSWER_WITHDRAW = "answer.withdraw"
    REPORT_READ = "report.read"

    REQUEST_READ = "request.read"
    REQUEST_DRAFT = "request.draft"
    REQUEST_CHANGE = "request.change"
    REQUEST_SUBMIT = "request.submit"
    REQUEST_SIGN = "request.sign"
    REQUEST_SEND_BACK = "request.send_back"
    REQUEST_WITHDRAW = "request.withdraw"
    REQUEST_DECIDE = "request.decide"
    REQUEST_REVOKE = "request.revoke"
    DECISION_READ = "decision.read"

    SHARE_READ = "share.read"
    SHARE_OPEN = "share.open"
    SHARE_ASSIGN = "share.assign"
    CUSTODY_READ = "custody.read"
    AUDIT_READ = "audit.read"
    OFFICER_READ = "officer.read"
    OFFICER_INVITE = "officer.invite"
    OFFICER_UNLOCK = "officer.unlock"
    OFFICER_REMOVE = "officer.remove"

    AGENCY_READ = "agency.read"
    AGENCY_ADD = "agency.add"
    AGENCY_CHANGE = "agency.change"
    AGENCY_SUSPEND = "agency.suspend"

    SHIFT_READ = "shift.read"
    SHIFT_ADD = "shift.add"
    SHIFT_TAKE_OVER = "shift.take_over"
    SHIFT_REMOVE = "shift.remove"
    ALARM_READ = "alarm.read"
    ALARM_ACKNOWLEDGE = "alarm.acknowledge"
    ALARM_HAND_ON = "alarm.hand_on"
    SECOND_LOOK_READ = "second_look.read"
    SECOND_LOOK_ANSWER = "second_look.answer"
    SECOND_LOOK_RECONSIDER = "second_look.reconsider"

    @property
    def kind(self) -> Kind:
        return Kind(self.value.split(".", 1)[0])


MAKES_NEW = frozenset({Action.REQUEST_DRAFT, Action.OFFICER_INVITE, Action.AGENCY_ADD, Action.SHIFT_ADD})
"""Actions without an object yet: there is nothing that one would have to be able to read first."""


def reading(kind: Kind) -> Action:
    """The action of reading one of this kind, which is also the one of finding it in a list."""
    return Action(f"{kind}.read")
