"""Every write about a household."""

from porchlight.server.households.actions.cameras import add_camera, change_camera, remove_camera
from porchlight.server.households.actions.letters import write_letter
from porchlight.server.households.actions.members import (
    invite_member,
    join_household,
    leave_household,
    name_holder,
    remove_member,
    withdraw_member_invitation,
)
from porchlight.server.households.actions.opting import opt_out, opt_out_household, undo_opt_out
from porchlight.server.households.actions.places import (
    Letter,
    claim_place,
    confirm_code,
    print_letter,
    request_letter,
)

__all__ = [
    "Letter",
    "add_camera",
    "change_camera",
    "claim_place",
    "confirm_code",
    "invite_member",
    "join_household",
    "leave_household",
    "name_holder",
    "opt_out",
    "opt_out_household",
    "print_letter",
    "remove_camera",
    "remove_member",
    "request_letter",
    "undo_opt_out",
    "withdraw_member_invitation",
    "write_letter",
]
