"""What a household sees of itself. Another household's things answer like absent ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor, Kind, Role, Side, visible_to
from porchlight.server.households.models import Camera, Household, Membership, OptOut, PlaceCode

MOST_ATTEMPTS = 5


class PlaceState(StrEnum):
    """How far a household's place is. It depends on the household's own acts and its own letter alone."""

    NONE = "none"
    LETTER_WAITS = "letter_waits"
    LETTER_SENT = "letter_sent"
    CODE_SPENT = "code_spent"
    VERIFIED = "verified"


@dataclass(frozen=True)
class PlaceStatus:
    """`attempts_left` counts codes that may still be tried from this letter.

    `opted_out`, of a verified place: "all", "some", or "" where the household opted out of nothing.
    """

    state: PlaceState
    attempts_left: int = 0
    opted_out: str = ""


def actor_of(user_id: UUID) -> Actor:
    """The actor a resident's account acts as; `household_id` is None before a place was claimed."""
    membership = Membership.objects.filter(user_id=user_id).only("household_id").first()
    household_id = str(membership.household_id) if membership else None
    return Actor(Side.RESIDENT, Role.RESIDENT, user_id=str(user_id), household_id=household_id)


def own_ids(actor: Actor, kind: Kind) -> tuple[UUID, ...]:
    """The household whose things of this kind the actor may read, as the visibility table says; or none."""
    clauses = [clause for clause in visible_to(actor, kind).any_of if set(clause) == {"household_id"}]
    return tuple(UUID(str(each)) for clause in clauses for each in clause["household_id"])


def my_household(actor: Actor) -> Household:
    """The actor's household. Raises NotFound."""
    found = own_household(actor)
    if found is None:
        raise NotFound
    return found


def held_household(actor: Actor) -> Household:
    """The actor's household, its row locked to the end of the transaction: of two acts that count or move what is the
    household's, the second sees what the first did. Raises NotFound.
    """
    found = (
        Household.objects.select_for_update(no_key=True).filter(pk__in=own_ids(actor, Kind.HOUSEHOLD)).first()
    )
    if found is None:
        raise NotFound
    return found


def own_household(actor: Actor) -> Household | None:
    """The actor's household, or None where none was made yet."""
    return Household.objects.filter(pk__in=own_ids(actor, Kind.HOUSEHOLD)).first()


def cameras(actor: Actor) -> QuerySet[Camera]:
    """The household's cameras, oldest first; none without a household."""
    return Camera.objects.filter(household_id__in=own_ids(actor, Kind.CAMERA)).order_by("created_at", "id")


def camera_for(actor: Actor, camera_id: UUID) -> Camera:
    """One of the household's cameras. Raises NotFound."""
    found = cameras(actor).filter(pk=camera_id).first()
    if found is None:
        raise NotFound
    return found


def opt_outs(actor: Actor) -> QuerySet[OptOut]:
    """What the household opted out of, oldest first."""
    return OptOut.objects.filter(household_id__in=own_ids(actor, Kind.OPT_OUT)).order_by("created_at", "id")


def place_state(actor: Actor) -> PlaceStatus:
    """How far the claim of the household's place is."""
    household = own_household(actor)
    if household is None or household.latitude is None:
        return PlaceStatus(PlaceState.NONE)
    if household.place_verified_at is not None:
        scopes = set(opt_outs(actor).values_list("scope", flat=True))
        return PlaceStatus(
            PlaceState.VERIFIED, opted_out="all" if "all" in scopes else "some" if scopes else ""
        )
    code = PlaceCode.objects.filter(household=household).first()
    if code is None or code.printed_at is None:
        return PlaceStatus(PlaceState.LETTER_WAITS)
    left = max(0, MOST_ATTEMPTS - code.attempts)
    return PlaceStatus(PlaceState.LETTER_SENT if left else PlaceState.CODE_SPENT, left)
