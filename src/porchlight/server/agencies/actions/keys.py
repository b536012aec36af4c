"""Storing an officer's evidence key."""

from __future__ import annotations

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor, Side
from porchlight.server.agencies.access.keys import OwnKey, current_key, recipient_reasons
from porchlight.server.agencies.models import Officer, OfficerKey
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action, audit

_ARMOR_START, _ARMOR_END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_MOST_CHARACTERS = 4000


@action("officer.store_key")
def store_key(*, recipient: str, wrapped: str, by: Actor) -> OwnKey:
    """Keep the officer's own new key and retire the one in use.

    `recipient` is the public half (`age1…`), `wrapped` the secret half as an armored age file that the officer's
    passphrase opens. A key in use is replaced only after the second factor was passed again (`by.fresh_factor`): else
    a session left open could put somebody else's key in an evidence custodian's place. Raises Refused, NotFound.
    """
    if by.side is not Side.AGENCY or by.user_id is None or not by.second_factor:
        raise NotFound
    officer = Officer.objects.select_for_update(no_key=True).filter(user_id=by.user_id, left_at=None).first()
    if officer is None:
        raise NotFound
    reasons = tuple(_reasons(recipient, wrapped))
    if reasons:
        raise Refused(reasons)
    if current_key(by) is not None and not by.fresh_factor:
        raise Refused((reason("second_factor_again"),))
    OfficerKey.objects.filter(officer=officer, retired_at=None).update(retired_at=clock.now())
    key = OfficerKey(
        id=randomness.uuid4(), officer=officer, recipient=recipient, wrapped_by_passphrase=wrapped.strip()
    )
    key.save(force_insert=True)
    audit(f"officer_key:{key.pk}", officer=str(officer.pk))
    return OwnKey(key.pk, key.recipient, key.wrapped_by_passphrase, key.created_at, None)


def _reasons(recipient: str, wrapped: str) -> list[Reason]:
    reasons = recipient_reasons(recipient)
    text = wrapped.strip()
    if (
        len(text) > _MOST_CHARACTERS
        or not text.isascii()
        or not (text.startswith(_ARMOR_START) and text.endswith(_ARMOR_END))
        or "AGE-SECRET-KEY" in text
    ):
        reasons.append(reason("wrapped_key_malformed"))
    return reasons
