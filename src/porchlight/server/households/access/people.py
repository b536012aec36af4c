"""Who lives where, for the platform's own work: mail to owners and letters to homes. No page reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from porchlight.server.households.models import Membership, PlaceCode


@dataclass(frozen=True)
class Member:
    """A person of a household, as mail needs it. `timezone` is the household's, else the person's, else empty."""

    household_id: UUID
    user_id: UUID
    email: str = field(repr=False)
    timezone: str
    language: str


def members_of(household_ids: Iterable[UUID]) -> list[Member]:
    """The active members of these households, in no order that means anything."""
    rows = Membership.objects.filter(household_id__in=list(household_ids), user__is_active=True).values_list(
        "household_id", "user_id", "user__email", "household__timezone", "user__timezone", "user__language"
    )
    return [
        Member(
            household_id=household_id,
            user_id=user_id,
            email=email,
            timezone=home_zone if home_zone != "UTC" else own_zone,
            language=language,
        )
        for household_id, user_id, email, home_zone, own_zone, language in rows
    ]


def unprinted_claims() -> list[UUID]:
    """The households whose letter was not printed yet, the longest waiting first."""
    waiting = PlaceCode.objects.filter(printed_at=None).order_by("created_at")
    return list(waiting.values_list("household_id", flat=True))
