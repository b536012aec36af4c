"""What a new place means for a household: near the old one it is a correction, farther it is a move."""

from __future__ import annotations

from dataclasses import dataclass

from geographiclib.geodesic import Geodesic

from porchlight.core.places import ExactPlace
from porchlight.core.visibility import Actor
from porchlight.server.households.access import lines
from porchlight.server.households.access.own import cameras, own_household

# A camera far from the proven home would let somebody be asked about a place where they do not live.
MOST_METRES_FROM_HOME = 250
# Forms carry a place to about 10 cm.
_LEAST_METRES = 1


@dataclass(frozen=True)
class Move:
    """What stays behind."""

    cameras: int


def move_to(actor: Actor, lat: float, lon: float) -> Move | None:
    """What moving there leaves behind; None where it is a first place, or a correction of the present one."""
    own = own_household(actor)
    if own is None or own.latitude is None or own.longitude is None:
        return None
    place = ExactPlace(lat, lon)
    if metres_between(ExactPlace(own.latitude, own.longitude), place) <= MOST_METRES_FROM_HOME:
        return None
    stay = [
        each
        for each in cameras(actor)
        if metres_between(ExactPlace(each.latitude, each.longitude), place) > MOST_METRES_FROM_HOME
    ]
    return Move(len(stay))


def only_the_address(actor: Actor, address: str, lat: float, lon: float) -> bool:
    """Whether the address would be another one while the pin stays where it stands: the two may then disagree."""
    own = own_household(actor)
    if own is None or own.latitude is None or own.longitude is None:
        return False
    moved = metres_between(ExactPlace(own.latitude, own.longitude), ExactPlace(lat, lon))
    return moved < _LEAST_METRES and lines.tidy(address).casefold() != own.address.casefold()


def metres_between(one: ExactPlace, other: ExactPlace) -> float:
    """The geodesic distance."""
    return float(Geodesic.WGS84.Inverse(one.lat, one.lon, other.lat, other.lon)["s12"])
