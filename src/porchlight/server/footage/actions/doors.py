"""People's own ways to the household's key.

Invariants: who has not been let in by somebody who holds the key has nothing that opens it; the server can put in no
door of its own, for browsers seal the key only to doors that the household's secret vouches for, or whose number a
person has typed (docs/clip-format.md, section 8).
"""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.footage import access
from porchlight.server.footage.actions.keys import (
    Door,
    check_vouch,
    check_wraps,
    current_key,
    make_door,
)
from porchlight.server.footage.models import HouseholdKey, KeyDoor
from porchlight.server.foundation.actions import action, audit

MOST_PASSKEYS = 10


@action("footage.put_door")
def put_door(*, by: Actor, key_recipient: str, door: Door) -> UUID:
    """Keep a way in of the actor's own; new words take the place of the old ones.

    Words that nobody let in yet wait, and never take the place of words that open. Raises NotFound, Refused
    (`key_missing`, `key_changed`, `key_malformed`, `too_many_passkeys`).
    """
    key = current_key(by, key_recipient)
    own = access.own_doors(by).filter(kind=door.kind).order_by()
    if door.kind == "words":
        if not door.sealed_key and own.exclude(sealed_key="").exists():
            raise Refused((reason("key_malformed"),))
        own.delete()
        if door.sealed_key and key.wrapped_by_passphrase:
            # The words of before doors were its maker's: they stop opening, as any old words do.
            HouseholdKey.objects.filter(pk=key.pk).update(wrapped_by_passphrase="")
    elif own.count() >= MOST_PASSKEYS:
        raise Refused((reason("too_many_passkeys", most=MOST_PASSKEYS),))
    made = make_door(by=by, household_id=key.household_id, door=door)
    audit(f"household:{key.household_id}", kind=door.kind, waits=not door.sealed_key)
    return UUID(str(made.pk))


@action("footage.admit")
def admit(
    *, by: Actor, key_recipient: str, door_id: UUID, recipient: str, sealed_key: str, vouch: str
) -> None:
    """Let another person of the household in: the actor's browser sealed the key to that person's door.

    `recipient` is the door's that it sealed to; one that was made anew meanwhile is refused. Raises NotFound, Refused
    (`key_missing`, `key_changed`, `key_malformed`, `doors_changed`).
    """
    current_key(by, key_recipient)
    check_wraps(sealed_key)
    check_vouch(vouch)
    door = access.door_for(by, door_id)
    if door.recipient != recipient or door.sealed_key:
        raise Refused((reason("doors_changed"),))
    KeyDoor.objects.filter(pk=door.pk, sealed_key="").update(sealed_key=sealed_key, vouch=vouch)
    audit(f"household:{door.household_id}", event="admitted")


@action("footage.drop_door")
def drop_door(*, by: Actor, door_id: UUID) -> None:
    """Take away a passkey of the actor's own, or anybody's words that wait and whose number did not fit.

    Words that open are never taken away, only replaced. Raises NotFound.
    """
    door = access.door_for(by, door_id)
    own_passkey = door.kind == "passkey" and str(door.user_id) == by.user_id
    if not own_passkey and door.sealed_key:
        raise NotFound
    door.delete()
    audit(f"household:{door.household_id}", event="door_dropped")
