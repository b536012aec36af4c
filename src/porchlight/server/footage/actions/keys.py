"""The household's key as the server keeps it: public halves, and secrets wrapped in the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.seal.errors import SealError
from porchlight.seal.keys import read_recipient
from porchlight.server.footage import access
from porchlight.server.footage.models import HouseholdKey, KeyDoor
from porchlight.server.foundation.actions import action, audit
from porchlight.server.households.access import held_household, lines, my_household

MOST_WRAP = 16 * 1024
_VOUCH = re.compile(r"[0-9a-f]{64}")
_ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----"
_CREDENTIAL = re.compile(r"AGE-PLUGIN-FIDO2PRF-1[0-9A-Z]{1,2000}")


@dataclass(frozen=True)
class Door:
    """One person's own way to the household's key: six words, or a passkey.

    `recipient` is the door's public half; `locked` its secret, under the words or the passkey; `sealed_key` the
    household's secret, to the door, or empty while nobody has let the person in; `vouch` the household's own word for
    `holder`, `kind` and `recipient`; `credential` names the passkey.
    """

    kind: str
    recipient: str
    locked: str = field(repr=False)
    holder: str = field(repr=False)
    sealed_key: str = field(default="", repr=False)
    vouch: str = ""
    label: str = ""
    credential: str = ""


@action("footage.store_key")
def store_key(
    *,
    by: Actor,
    recipient: str,
    recovery_recipient: str,
    wrapped_by_recovery: str,
    wrapped_by_passphrase: str = "",
    recovery_vouch: str = "",
    door: Door | None = None,
) -> None:
    """Keep the household's key, made and wrapped in the browser. A key that exists is never replaced by this.

    Its maker's way in is `door`, or in clients that know no doors `wrapped_by_passphrase`. Raises Refused:
    `key_malformed`, `key_exists`.
    """
    household = my_household(by)
    check_key(recipient, recovery_recipient, recovery_vouch)
    check_wraps(wrapped_by_recovery)
    if (door is None) == (wrapped_by_passphrase == ""):
        raise malformed()
    if door is None:
        check_wraps(wrapped_by_passphrase)
    try:
        with transaction.atomic():
            HouseholdKey.objects.create(
                household=household,
                recipient=recipient,
                recovery_recipient=recovery_recipient,
                wrapped_by_passphrase=wrapped_by_passphrase,
                wrapped_by_recovery=wrapped_by_recovery,
                recovery_vouch=recovery_vouch,
            )
    except IntegrityError as error:
        raise Refused((reason("key_exists"),)) from error
    if door is not None:
        make_door(by=by, household_id=household.pk, door=door)
    audit(f"household:{household.pk}")


def make_door(*, by: Actor, household_id: UUID, door: Door) -> KeyDoor:
    """Inside an action: the row of a door that was checked. Raises Refused (`key_malformed`)."""
    check_door(door)
    if by.user_id is None:
        raise NotFound
    return KeyDoor.objects.create(
        household_id=household_id,
        user_id=by.user_id,
        kind=door.kind,
        recipient=door.recipient,
        locked=door.locked,
        holder=door.holder,
        sealed_key=door.sealed_key,
        vouch=door.vouch,
        label=lines.tidy(door.label),
        credential=door.credential,
    )


def check_door(door: Door) -> None:
    """Raises Refused (`key_malformed`) unless all its parts have their form."""
    check_wraps(door.locked, *([door.sealed_key] if door.sealed_key else []))
    words = door.kind == "words"
    fitting = (
        _is_recipient(door.recipient)
        and bool(door.sealed_key) == bool(door.vouch)
        and (not door.vouch or _VOUCH.fullmatch(door.vouch) is not None)
        and (not door.credential if words else _CREDENTIAL.fullmatch(door.credential) is not None)
        and (words or (door.kind == "passkey" and bool(door.sealed_key)))
        and not [*lines.reasons(door.holder, "holder", most=254)]
        and not [*lines.reasons(door.label, "label", most=60, least=0)]
    )
    if not fitting:
        raise malformed()


def current_key(by: Actor, recipient: str) -> HouseholdKey:
    """The household's key, if it is still the one that the browser means. Raises Refused."""
    held_household(by)  # what is sealed to a key and the change of it come one after the other
    key = access.own_key(by)
    if key is None:
        raise Refused((reason("key_missing"),))
    if key.recipient != recipient:
        raise Refused((reason("key_changed"),))
    return key


def check_key(recipient: str, recovery_recipient: str, recovery_vouch: str) -> None:
    """Raises Refused (`key_malformed`) unless these are two different recipients, and a tag or none."""
    two = recipient != recovery_recipient and all(
        _is_recipient(each) for each in (recipient, recovery_recipient)
    )
    if not two or (recovery_vouch and not _VOUCH.fullmatch(recovery_vouch)):
        raise malformed()


def check_wraps(*wraps: str) -> None:
    """Raises Refused (`key_malformed`) unless each is an armored age file of a key's size."""
    if not all(wrap.startswith(_ARMOR) and len(wrap) <= MOST_WRAP for wrap in wraps):
        raise malformed()


def check_vouch(tag: str) -> None:
    """Raises Refused (`key_malformed`) unless it is a tag."""
    if not _VOUCH.fullmatch(tag):
        raise malformed()


def malformed() -> Refused:
    """What the browser sent is no key."""
    return Refused((reason("key_malformed"),))


def _is_recipient(value: str) -> bool:
    try:
        read_recipient(value)
    except SealError:
        return False
    return True
