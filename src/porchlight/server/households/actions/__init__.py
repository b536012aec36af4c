"""Every write about a household."""

from porchlight.server.households.actions.cameras import add_camera, change_camera, remove_camera
from porchlight.server.households.actions.letters import write_letter
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
    "opt_out",
    "opt_out_household",
    "print_letter",
    "remove_camera",
    "request_letter",
    "undo_opt_out",
    "write_letter",
]
