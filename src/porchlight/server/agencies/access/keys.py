"""Officers' evidence keys. The server has public halves, and secret halves that only a passphrase opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor, Side
from porchlight.server.agencies.models import OfficerKey

_RECIPIENT = re.compile(r"^age1[02-9ac-hj-np-z]{58}$")


@dataclass(frozen=True)
class OwnKey:
    """An officer's own key. `wrapped` is an armored age file that the officer's passphrase opens."""

    key_id: UUID
    recipient: str
    wrapped: str
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True)
class KeyRecipient:
    """A key that a request's secret is wrapped to. `role` is "requester" or "custodian"."""

    key_id: UUID
    officer_name: str
    role: str
    recipient: str


def current_key(actor: Actor) -> OwnKey | None:
    """The officer's key in use, or None."""
    found = _keys_of(actor).filter(retired_at=None).order_by("-created_at").first()
    return _own(found) if found is not None else None


def former_keys(actor: Actor) -> tuple[OwnKey, ...]:
    """The officer's earlier keys, newest first: what was wrapped to them still needs them."""
    return tuple(
        _own(each) for each in _keys_of(actor).filter(retired_at__isnull=False).order_by("-created_at")
    )


def key_recipients_for_request(actor: Actor) -> tuple[KeyRecipient, ...]:
    """The keys to which the secret of a request by this officer is wrapped: the officer's own, and every custodian's.

    Raises NotFound for whoever is no active officer. An officer without a key is simply not among them.
    """
    if actor.side is not Side.AGENCY or actor.agency_id is None or not actor.second_factor:
        raise NotFound
    wanted = Q(officer__is_custodian=True) | Q(officer__user_id=actor.user_id)
    found = (
        OfficerKey.objects.select_related("officer__user")
        .filter(wanted, officer__agency_id=actor.agency_id, officer__left_at=None, retired_at=None)
        .order_by("officer__user__display_name", "pk")
    )
    return tuple(
        KeyRecipient(
            key_id=each.pk,
            officer_name=each.officer.user.name,
            role="requester" if str(each.officer.user_id) == actor.user_id else "custodian",
            recipient=each.recipient,
        )
        for each in found
    )


def recipient_reasons(recipient: str) -> list[Reason]:
    """What is wrong with a public half; nothing where it can be used."""
    if not _RECIPIENT.fullmatch(recipient):
        return [reason("key_recipient_malformed")]
    return [reason("key_in_use")] if OfficerKey.objects.filter(recipient=recipient).exists() else []


def _keys_of(actor: Actor) -> QuerySet[OfficerKey]:
    if actor.side is not Side.AGENCY or actor.user_id is None or not actor.second_factor:
        raise NotFound
    return OfficerKey.objects.filter(officer__user_id=actor.user_id, officer__left_at=None)


def _own(key: OfficerKey) -> OwnKey:
    return OwnKey(
        key_id=key.pk,
        recipient=key.recipient,
        wrapped=key.wrapped_by_passphrase,
        created_at=key.created_at,
        retired_at=key.retired_at,
    )
