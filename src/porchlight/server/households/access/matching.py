"""Which households have a camera in an area. The answer goes to the notices' queue and nowhere else.

Invariants: only households at verified places are found; a camera on the area's edge counts as inside; a household
is found once, however many cameras it has there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import compress
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from porchlight.core.places import Area, cells_overlapping, contains_coordinates
from porchlight.server.households.models import Camera, OptOut

_PART = 2000


def households_in(
    area: Area,
    *,
    agency_id: UUID | None = None,
    offense: str = "",
    after: UUID | None = None,
    about: int = _PART,
) -> Iterator[UUID]:
    """The ids of the households to ask about `area`, ascending, beginning behind `after`; streams.

    Leaves out who opted out of everything, of this agency or of this offense type. `about`: how many the caller will
    take; it gets more if it asks.
    """
    west, south, east, north = area.polygon.bounds
    out = OptOut.objects.filter(_standing(agency_id, offense), household_id=OuterRef("household_id"))
    found = Camera.objects.filter(
        ~Exists(out),
        cell__in=cells_overlapping(area),
        latitude__range=(south, north),
        longitude__range=(west, east),
        household__place_verified_at__isnull=False,
    )
    rows = found.order_by("household_id").values_list("household_id", "latitude", "longitude")
    whole, size = False, min(_PART, 2 * about)
    while not whole:
        part = list((rows if after is None else rows.filter(household_id__gt=after))[:size])
        whole, size = len(part) < size, _PART
        if not whole:
            # The last household's cameras may go on in the next part. It has far fewer than a whole part has rows.
            cut = part[-1][0]
            part = [row for row in part if row[0] != cut]
            after = part[-1][0] if part else after
        yield from _inside(area, part)


def opted_out(household_ids: Collection[UUID], *, agency_id: UUID | None, offense: str) -> set[UUID]:
    """Those of the households that do not want to be asked by this agency or about this offense type."""
    standing = OptOut.objects.filter(_standing(agency_id, offense), household_id__in=list(household_ids))
    return set(standing.values_list("household_id", flat=True))


def _inside(area: Area, rows: list[tuple[UUID, float, float]]) -> list[UUID]:
    """Of rows in the order of their households: each household with a camera inside, once."""
    if not rows:
        return []
    household_ids, latitudes, longitudes = zip(*rows, strict=True)
    inside = contains_coordinates(area, latitudes, longitudes)
    return list(dict.fromkeys(compress(household_ids, inside)))


def _standing(agency_id: UUID | None, offense: str) -> Q:
    return (
        Q(scope="all")
        | Q(scope="agency", value=str(agency_id) if agency_id else "-")
        | Q(scope="offense", value=offense or "-")
    )
