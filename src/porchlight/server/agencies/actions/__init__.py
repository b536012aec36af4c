"""Every write about agencies and their people."""

from porchlight.server.agencies.actions.adding import add_agency_with_admin
from porchlight.server.agencies.actions.keys import store_key
from porchlight.server.agencies.actions.people import (
    accept_invitation,
    change_roles,
    invite_officer,
    remove_officer,
    reset_second_factor,
    unlock_officer,
    withdraw_invitation,
)
from porchlight.server.agencies.actions.register import add_agency, import_agencies, set_jurisdiction
from porchlight.server.agencies.actions.systems import (
    add_system,
    new_system_token,
    revoke_system_token,
)

__all__ = [
    "accept_invitation",
    "add_agency",
    "add_agency_with_admin",
    "add_system",
    "change_roles",
    "import_agencies",
    "invite_officer",
    "new_system_token",
    "remove_officer",
    "reset_second_factor",
    "revoke_system_token",
    "set_jurisdiction",
    "store_key",
    "unlock_officer",
    "withdraw_invitation",
]
