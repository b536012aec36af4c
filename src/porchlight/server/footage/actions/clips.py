"""Every write of a household's video.

Invariants: nothing here holds plaintext or a secret in clear; bytes are on the disk before a row says so; an object is
deleted after the row that named it is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from porchlight.core.errors import NotFound, Refused
from porchlight.core.localtime import time_zones
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor
from porchlight.server.footage import access
from porchlight.server.footage.access import UploadRow, limits, sealed
from porchlight.server.footage.models import Clip, HouseholdKey, Upload
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.foundation.objects import object_store
from porchlight.server.households.access import held_household


@action("footage.begin_upload")
def begin_upload(*, by: Actor, length: int, request_id: UUID | None = None, files_shared: int = 0) -> Upload:
    """Make room for `length` sealed bytes. Raises Refused before any byte is sent.

    `files_shared`: how many the household shared for this request already. Codes: `upload_empty`, `upload_too_large`,
    `upload_too_many`, `uploads_unfinished`, `quota_full`, `quota_full_unproven`.
    """
    household = held_household(by)  # what it has room for is counted once at a time
    if by.user_id is None:
        raise NotFound
    reasons: list[Reason] = []
    if length <= 0:
        reasons.append(reason("upload_empty"))
    if length > limits.MOST_SEALED_BYTES:
        reasons.append(reason("upload_too_large", bytes=length, most_bytes=limits.MOST_PLAIN_BYTES))
    begun = access.uploads_begun(by, request_id) if request_id else 0
    if begun + files_shared >= limits.MOST_FILES_PER_REQUEST:
        reasons.append(reason("upload_too_many", most=limits.MOST_FILES_PER_REQUEST))
    if access.uploads_open(by) >= limits.MOST_OPEN_UPLOADS:
        reasons.append(reason("uploads_unfinished", most=limits.MOST_OPEN_UPLOADS))
    room = access.room(by)
    if length > room.left:
        code = "quota_full" if room.proven else "quota_full_unproven"
        reasons.append(reason(code, left_bytes=room.left, most_bytes=room.most))
    if reasons:
        raise Refused(tuple(reasons))
    return Upload.objects.create(
        household=household,
        user_id=by.user_id,
        request_id=request_id,
        object_name=object_store().create(),
        length=length,
        expires_at=clock.now() + limits.UPLOAD_GOOD_FOR,
    )


@action("footage.append")
def append(*, by: Actor, upload_id: UUID, offset: int, parts: Iterable[bytes]) -> int:
    """Add bytes at `offset`; returns the new offset. Raises NotFound, OffsetMismatch.

    The row is locked while a part is written, so that of two tabs at one offset the second is told where it stands.
    """
    upload = _held_upload(by, upload_id)
    return object_store().append(upload.object_name, offset, parts, upload.length)


@action("footage.drop_upload")
def drop_upload(*, by: Actor, upload_id: UUID) -> None:
    """Give an upload up and remove its bytes. Raises NotFound."""
    upload = _held_upload(by, upload_id)
    _delete_after_commit(upload.object_name)
    upload.delete()


@action("footage.take_upload")
def take_upload(*, upload: UploadRow) -> str:
    """Mark the upload as used and return its object, which the caller's row names from now on.

    Raises Refused (`upload_used`).
    """
    taken = Upload.objects.filter(pk=upload.pk, used_at=None).update(used_at=clock.now())
    if not taken:
        raise Refused((reason("upload_used"),))
    return upload.object_name


@action("footage.keep_clip")
def keep_clip(
    *,
    by: Actor,
    upload_id: UUID,
    head: bytes,
    sealed_sha256: str,
    sealed_size: int,
    grant: bytes,
    grant_recipient: str = "",
) -> Clip:
    """Put an uploaded file into the household's own vault.

    Whoever keeps a large one calls `access.read_through` first. Raises NotFound, Refused (see `access.sealed` and
    `make_clip`).
    """
    held_household(by)
    upload = access.upload_for(by, upload_id)
    if sealed_size != upload.length:
        raise Refused((reason("upload_incomplete", bytes=sealed_size, most_bytes=upload.length),))
    sealed.check_object(
        upload.object_name, expected_size=upload.length, sealed_sha256=sealed_sha256, head=head
    )
    return make_clip(
        by=by,
        object_name=take_upload(upload=upload),
        sealed_size=sealed_size,
        head=head,
        sealed_sha256=sealed_sha256,
        grant=grant,
        grant_recipient=grant_recipient,
    )


@action("footage.make_clip")
def make_clip(
    *,
    by: Actor,
    object_name: str,
    sealed_size: int,
    head: bytes,
    sealed_sha256: str,
    grant: bytes,
    grant_recipient: str = "",
) -> Clip:
    """The clip of an object that was checked.

    `grant_recipient`: the household key that the grant is sealed to, which the server cannot see from the grant. One
    that was changed meanwhile is fine as long as its clips are being moved over; later the clip would be lost.
    Raises Refused (`key_missing`, `key_changed`, `envelope_not_sealed`).
    """
    household = held_household(by)
    if access.own_key(by) is None:
        raise Refused((reason("key_missing"),))
    key = _key_of(household.pk, grant_recipient)
    sealed.check_small(grant, limits.MOST_GRANT_BYTES)
    today = clock.now().date()  # when it expires is counted by UTC, as `expire` does
    clip = Clip.objects.create(
        household=household,
        object_name=object_name,
        sealed_size=sealed_size,
        sealed_sha256=sealed_sha256,
        head=head,
        grant=grant,
        key=key,
        uploaded_on=_day_at_home(household.timezone),
        expires_on=today + limits.CLIP_KEPT_FOR,
    )
    audit(f"clip:{clip.pk}")
    return clip


@action("footage.delete_clip")
def delete_clip(*, by: Actor, clip_id: UUID) -> None:
    """Delete one of the household's clips, its key and its bytes. Shared copies are not touched. Raises NotFound."""
    clip = access.clip_for(by, clip_id)
    _delete_after_commit(clip.object_name)
    clip.delete()
    audit(f"clip:{clip_id}")


@action("footage.expire")
def expire(*, now: datetime, most: int = 100) -> bool:
    """Remove clips and uploads past their time, at most `most` of each; True if there may be more."""
    clips = list(Clip.objects.select_for_update(skip_locked=True).filter(expires_on__lte=now.date())[:most])
    # One that is being used at this moment is left alone: its object will be a clip's or a share's.
    uploads = list(Upload.objects.select_for_update(skip_locked=True).filter(expires_at__lte=now)[:most])
    # A used upload's object belongs to a clip or a share by now.
    names = [clip.object_name for clip in clips] + [
        each.object_name for each in uploads if each.used_at is None
    ]
    for name in names:
        _delete_after_commit(name)
    Clip.objects.filter(pk__in=[clip.pk for clip in clips]).delete()
    Upload.objects.filter(pk__in=[each.pk for each in uploads]).delete()
    return max(len(clips), len(uploads)) == most


def _day_at_home(zone: str) -> date:
    return clock.now().astimezone(ZoneInfo(zone if zone in time_zones() else "UTC")).date()


def _key_of(household_id: UUID, recipient: str) -> HouseholdKey:
    """The key in use; with a recipient, that very one, which may be the one before while clips move over."""
    keys = HouseholdKey.objects.filter(household_id=household_id)
    found = (keys.filter(recipient=recipient) if recipient else keys.filter(retired_at=None)).first()
    if found is None:
        raise Refused((reason("key_changed"),))
    return found


def _held_upload(by: Actor, upload_id: UUID) -> Upload:
    """The upload, locked and still open: nobody writes to it, uses it or gives it up meanwhile. Raises NotFound."""
    upload = access.upload_for(by, upload_id)
    held = Upload.objects.select_for_update().filter(pk=upload.pk, used_at=None).first()
    if held is None:
        raise NotFound
    return held


def _delete_after_commit(name: str) -> None:
    transaction.on_commit(partial(object_store().delete, name))
