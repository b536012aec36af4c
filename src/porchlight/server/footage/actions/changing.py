"""A new household key: after somebody was removed, or for a new recovery sheet.

Invariants:
- At every moment the key in use opens all clips: until the last grant has moved, the old key's secret is kept sealed to
  the new key and to the new recovery key, and to nothing else. So a page that is closed in the middle loses nothing.
- From the first moment on the old recovery sheet, old words and the doors of people who left open nothing here.
- Grants move one by one, some hundreds of bytes each; clips never do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.footage import access
from porchlight.server.footage.access import limits, sealed
from porchlight.server.footage.actions.keys import (
    check_key,
    check_vouch,
    check_wraps,
    current_key,
    malformed,
)
from porchlight.server.footage.models import Clip, HouseholdKey, KeyDoor
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.households.models import Household

MOST_GRANTS_AT_ONCE = 100


@dataclass(frozen=True)
class NewKey:
    """A key made in the browser. `wrapped_previous`: the old secret, sealed to the new key and its recovery key."""

    recipient: str
    recovery_recipient: str
    wrapped_by_recovery: str = field(repr=False)
    recovery_vouch: str
    wrapped_previous: str = field(repr=False)


@dataclass(frozen=True)
class ResealedDoor:
    """A person's way in with the new key behind it."""

    id: UUID
    recipient: str
    sealed_key: str = field(repr=False)
    vouch: str


@dataclass(frozen=True)
class MovedGrant:
    """A clip's grant, sealed to the new key and its recovery key."""

    clip_id: UUID
    grant: bytes = field(repr=False)


@action("footage.begin_key_change")
def begin_key_change(*, by: Actor, old_recipient: str, new: NewKey, doors: Iterable[ResealedDoor]) -> None:
    """Put the new key in the place of the old one, for everybody who has a way in, at once.

    Raises Refused: `key_missing`, `key_changed`, `key_change_unfinished`, `key_malformed`; `doors_changed` unless
    exactly the doors that open now are given.
    """
    old = current_key(by, old_recipient)
    # Two members at once: the second waits here, and then sees that the key was changed.
    old = HouseholdKey.objects.select_for_update().get(pk=old.pk)
    if old.retired_at is not None:
        raise Refused((reason("key_changed"),))
    if old.wrapped_previous:
        raise Refused((reason("key_change_unfinished"),))
    check_key(new.recipient, new.recovery_recipient, new.recovery_vouch)
    check_wraps(new.wrapped_by_recovery, new.wrapped_previous)
    if new.recipient == old.recipient or new.recovery_recipient == old.recovery_recipient:
        raise malformed()
    given = {each.id: each for each in doors}
    standing = {
        each.pk: each for each in KeyDoor.objects.filter(household_id=old.household_id).exclude(sealed_key="")
    }
    if given.keys() != standing.keys():
        raise Refused((reason("doors_changed"),))
    Clip.objects.filter(household_id=old.household_id, key=None).update(key=old)
    old.retired_at = clock.now()
    old.wrapped_by_passphrase = old.wrapped_by_recovery = old.recovery_vouch = ""
    old.save()
    HouseholdKey.objects.create(
        household_id=old.household_id,
        recipient=new.recipient,
        recovery_recipient=new.recovery_recipient,
        wrapped_by_recovery=new.wrapped_by_recovery,
        recovery_vouch=new.recovery_vouch,
        wrapped_previous=new.wrapped_previous,
    )
    for door_id, resealed in given.items():
        check_wraps(resealed.sealed_key)
        check_vouch(resealed.vouch)
        if resealed.recipient != standing[door_id].recipient:
            raise Refused((reason("doors_changed"),))
        KeyDoor.objects.filter(pk=door_id).update(sealed_key=resealed.sealed_key, vouch=resealed.vouch)
    _finish(old.household_id)
    audit(f"household:{old.household_id}")


@action("footage.move_grants")
def move_grants(*, by: Actor, key_recipient: str, grants: Iterable[MovedGrant]) -> int:
    """Keep grants that the browser sealed anew; returns how many are left. A clip that is gone is passed over.

    Raises Refused: `key_missing`, `key_changed`, `envelope_not_sealed`.
    """
    key = current_key(by, key_recipient)
    for moved in grants:
        sealed.check_small(moved.grant, limits.MOST_GRANT_BYTES)
        old = access.clips_to_move(by).filter(pk=moved.clip_id).order_by()
        old.update(grant=moved.grant, key=key)
    return _finish(key.household_id)


@action("footage.finish_key_changes")
def finish_key_changes() -> None:
    """Where the last clips of an old key expired or were deleted, nothing is left to move."""
    unfinished = HouseholdKey.objects.exclude(wrapped_previous="")
    for household_id in unfinished.values_list("household_id", flat=True):
        _finish(household_id)


def _finish(household_id: UUID) -> int:
    """How many grants are still the old key's; at none its last wrap and its row go."""
    Household.objects.select_for_update(no_key=True).filter(pk=household_id).first()
    left = Clip.objects.filter(household_id=household_id, key__retired_at__isnull=False).count()
    if not left:
        HouseholdKey.objects.filter(household_id=household_id, retired_at=None).update(wrapped_previous="")
        HouseholdKey.objects.filter(household_id=household_id, retired_at__isnull=False).delete()
    return left
