"""Which mail people want."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor
from porchlight.server.notifications.models import MailChoice


@dataclass(frozen=True)
class Choice:
    """`requests`: when police ask. `shares`: what becomes of what the household shared."""

    requests: bool = True
    shares: bool = True


def choice_of(actor: Actor) -> Choice:
    """The actor's own. Raises NotFound for nobody."""
    if actor.user_id is None:
        raise NotFound
    row = MailChoice.objects.filter(user_id=actor.user_id).first()
    return Choice(row.requests, row.shares) if row else Choice()


def without_request_mail(user_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of them who want no mail when police ask."""
    rows = MailChoice.objects.filter(user_id__in=list(user_ids), requests=False)
    return frozenset(rows.values_list("user_id", flat=True))


def without_share_mail(user_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of them who want no mail about what was shared."""
    rows = MailChoice.objects.filter(user_id__in=list(user_ids), shares=False)
    return frozenset(rows.values_list("user_id", flat=True))
