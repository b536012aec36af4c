"""The doors to households: every read of where people live goes through here."""

from porchlight.server.households.access.homes import homes_in
from porchlight.server.households.access.matching import households_in, opted_out
from porchlight.server.households.access.members import (
    Housemate,
    Invited,
    OpenInvitation,
    housemate,
    housemates,
    invited,
    me,
    member_invitation,
)
from porchlight.server.households.access.moving import Move, move_to, only_the_address
from porchlight.server.households.access.own import (
    PlaceState,
    PlaceStatus,
    actor_of,
    camera_for,
    cameras,
    held_household,
    my_household,
    opt_outs,
    own_household,
    own_ids,
    place_state,
)
from porchlight.server.households.access.people import Member, members_of, unprinted_claims

__all__ = [
    "Housemate",
    "Invited",
    "Member",
    "Move",
    "OpenInvitation",
    "PlaceState",
    "PlaceStatus",
    "actor_of",
    "camera_for",
    "cameras",
    "held_household",
    "homes_in",
    "households_in",
    "housemate",
    "housemates",
    "invited",
    "me",
    "member_invitation",
    "members_of",
    "move_to",
    "my_household",
    "only_the_address",
    "opt_outs",
    "opted_out",
    "own_household",
    "own_ids",
    "place_state",
    "unprinted_claims",
]
