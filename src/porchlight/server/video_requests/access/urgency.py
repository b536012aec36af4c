"""How often an agency said that a life was in danger, and how often that was so. Public for every agency."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from porchlight.core.policy import Danger
from porchlight.server.foundation import clock
from porchlight.server.video_requests.models import VideoRequest


@dataclass(frozen=True)
class Urgency:
    """`marked`: requests that ever said so, once they were decided or withdrawn; the others: what the desk found.

    A request that was returned for it and sent again without the mark stays counted.
    """

    marked: int = 0
    given: int = 0
    not_given: int = 0
    unclear: int = 0


def urgency(agency_id: UUID | None = None) -> Urgency:
    """Of one agency, or of all."""
    rows = VideoRequest.objects.filter(was_urgent=True)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    counts = rows.aggregate(
        marked=Count("pk", filter=~Q(danger_worst="") | Q(public_at__lte=clock.now())),
        **{each.value: Count("pk", filter=Q(danger_worst=each.value)) for each in Danger},
    )
    return Urgency(**counts)
