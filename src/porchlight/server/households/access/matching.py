"""Which households have a camera in an area. The answer goes to the notices' queue and nowhere else.

Invariants: only households at verified places are found; a camera on the area's edge counts as inside; a household
is found once, however many cameras it has there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from porchlight.core.places import Area, ExactPlace, cells_overlapping, contains_each
from porchlight.server.households.models import Camera, OptOut

_CHUNK = 2000


def households_in(
    area: Area, *, agency_id: UUID | None = None, offense: str = "", after: UUID | None = None
) -> Iterator[UUID]:
    """The ids of the households to ask about `area`, ascending, beginning behind `after`; streams.

    Leaves out who opted out of everything, of this agency or of this offense type.
    """
    found = Camera.objects.filter(
        cell__in=cells_overlapping(area), household__place_verified_at__isnull=False
    ).exclude(household__in=_opted_out(agency_id, offense))
    if after is not None:
        found = found.filter(household_id__gt=after)
    rows = found.order_by("household_id").values_list("household_id", "latitude", "longitude")
    return _inside(area, rows.iterator(chunk_size=_CHUNK))


def opted_out(household_ids: Collection[UUID], *, agency_id: UUID, offense: str) -> set[UUID]:
    """Those of the households that do not want to be asked by this agency or about this offense type."""
    standing = OptOut.objects.filter(_standing(agency_id, offense), household_id__in=list(household_ids))
    return set(standing.values_list("household_id", flat=True))


def _inside(area: Area, rows: Iterator[tuple[UUID, float, float]]) -> Iterator[UUID]:
    last: UUID | None = None
    while chunk := list(islice(rows, _CHUNK)):
        inside = contains_each(area, [ExactPlace(lat, lon) for _id, lat, lon in chunk])
        for (household_id, _lat, _lon), here in zip(chunk, inside, strict=True):
            if here and household_id != last:
                last = household_id
                yield household_id


def _opted_out(agency_id: UUID | None, offense: str) -> QuerySet[OptOut, Any]:
    return OptOut.objects.filter(_standing(agency_id, offense)).values("household_id")


def _standing(agency_id: UUID | None, offense: str) -> Q:
    return (
        Q(scope="all")
        | Q(scope="agency", value=str(agency_id) if agency_id else "-")
        | Q(scope="offense", value=offense or "-")
    )
