"""The ways to a household's key, as its own people see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor, Kind
from porchlight.server.footage.models import Clip, HouseholdKey, KeyDoor
from porchlight.server.households.access import own_ids

DoorRow = KeyDoor
"""A way to the key as its owner's page handles it."""


def doors(actor: Actor) -> QuerySet[KeyDoor]:
    """All ways to the household's key, the oldest first."""
    return KeyDoor.objects.filter(household_id__in=own_ids(actor, Kind.GRANT)).order_by("created_at", "id")


def own_doors(actor: Actor) -> QuerySet[KeyDoor]:
    """The actor's own."""
    return doors(actor).filter(user_id__in=[actor.user_id] if actor.user_id else [])


def door_for(actor: Actor, door_id: UUID) -> KeyDoor:
    """One of the household's. Raises NotFound."""
    found = doors(actor).filter(pk=door_id).first()
    if found is None:
        raise NotFound
    return found


def previous_key(actor: Actor) -> HouseholdKey | None:
    """The key before the present one, as long as clips are to be moved from it."""
    old = HouseholdKey.objects.filter(
        household_id__in=own_ids(actor, Kind.GRANT), retired_at__isnull=False, clips__isnull=False
    )
    return old.first()


def clips_to_move(actor: Actor) -> QuerySet[Clip]:
    """The household's clips whose grant is still an old key's."""
    return Clip.objects.filter(
        household_id__in=own_ids(actor, Kind.CLIP), key__retired_at__isnull=False
    ).order_by("id")
