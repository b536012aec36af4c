"""A household's own keys, clips and uploads. Another household's answer like absent ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor, Kind
from porchlight.server.footage.access.limits import QUOTA_BYTES, UNPROVEN_QUOTA_BYTES
from porchlight.server.footage.access.sealed import digest_of
from porchlight.server.footage.models import Clip, HouseholdKey, Upload
from porchlight.server.foundation import clock
from porchlight.server.foundation.objects import object_store
from porchlight.server.households.access import own_household, own_ids

UploadRow = Upload
"""An upload as its owner's page handles it."""


@dataclass(frozen=True)
class Room:
    """How much a household keeps, in bytes. `proven`: whether its address is, on which `most` depends."""

    used: int
    most: int = QUOTA_BYTES
    proven: bool = True

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def own_key(actor: Actor) -> HouseholdKey | None:
    """The household's key as the server holds it: public halves and wraps. None before it was made."""
    keys = HouseholdKey.objects.filter(household_id__in=own_ids(actor, Kind.GRANT), retired_at=None)
    return keys.first()


def clips(actor: Actor) -> QuerySet[Clip]:
    """The household's clips, the newest day first."""
    return Clip.objects.filter(household_id__in=own_ids(actor, Kind.CLIP)).order_by("-uploaded_on", "id")


def clip_for(actor: Actor, clip_id: UUID) -> Clip:
    """One of the household's clips. Raises NotFound."""
    found = clips(actor).filter(pk=clip_id).first()
    if found is None:
        raise NotFound
    return found


def clip_range(clip: Clip, start: int, end: int) -> Iterator[bytes]:
    """The sealed bytes `start` up to but not including `end` of a clip that `clip_for` gave."""
    return object_store().read(clip.object_name, start, end)


def upload_for(actor: Actor, upload_id: UUID) -> Upload:
    """An upload that this person began and that is still open. Raises NotFound, also for an expired or used one."""
    found = Upload.objects.filter(
        pk=upload_id,
        household_id__in=own_ids(actor, Kind.CLIP),
        user_id__in=[actor.user_id] if actor.user_id else [],
        used_at=None,
        expires_at__gt=clock.now(),
    ).first()
    if found is None:
        raise NotFound
    return found


def upload_offset(upload: Upload) -> int:
    """How many bytes have arrived: what the object holds is the truth."""
    return object_store().size(upload.object_name)


def room(actor: Actor) -> Room:
    """Clips kept and uploads begun, against the quota, which is smaller until the home's address is proven."""
    household = own_household(actor)
    proven = household is not None and household.place_verified_at is not None
    own = own_ids(actor, Kind.CLIP)
    kept = Clip.objects.filter(household_id__in=own).aggregate(sum=Sum("sealed_size"))["sum"] or 0
    begun = Upload.objects.filter(household_id__in=own, used_at=None, expires_at__gt=clock.now())
    used = kept + (begun.aggregate(sum=Sum("length"))["sum"] or 0)
    return Room(used, QUOTA_BYTES if proven else UNPROVEN_QUOTA_BYTES, proven)


def uploads_begun(actor: Actor, request_id: UUID) -> int:
    """How many unused uploads the household has for this request."""
    open_ones = Upload.objects.filter(used_at=None, expires_at__gt=clock.now(), request_id=request_id)
    return open_ones.filter(household_id__in=own_ids(actor, Kind.CLIP)).count()


def uploads_open(actor: Actor) -> int:
    """How many unused uploads the household has."""
    own = own_ids(actor, Kind.CLIP)
    return Upload.objects.filter(used_at=None, expires_at__gt=clock.now(), household_id__in=own).count()


def read_through(actor: Actor, *, upload_id: UUID | None = None, clip_id: UUID | None = None) -> None:
    """Read a whole object once, outside any transaction, so that the act that compares its fingerprint knows it.

    Raises NotFound for a clip. An upload that is not there, or not whole, is left to the act.
    """
    if clip_id is not None:
        clip = clip_for(actor, clip_id)
        digest_of(clip.object_name, clip.sealed_size)
    if upload_id is not None:
        try:
            upload = upload_for(actor, upload_id)
        except NotFound:
            return
        if upload_offset(upload) == upload.length:
            digest_of(upload.object_name, upload.length)
