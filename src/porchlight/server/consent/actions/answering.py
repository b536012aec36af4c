"""Every act of an owner about a request.

Invariants: only `share` and `withdraw` reach the agency's side; a decline is no act and writes nothing; of two clicks
on one button the second changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from porchlight.core.consent import may_share
from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor, Role
from porchlight.server.consent import access
from porchlight.server.consent.models import OwnShare, Report
from porchlight.server.disclosures import actions as disclosures
from porchlight.server.footage import access as footage
from porchlight.server.footage.access import sealed
from porchlight.server.footage.actions import make_clip, take_upload
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.foundation.objects import object_store
from porchlight.server.households.access import held_household, my_household
from porchlight.server.households.actions import opt_out_household

MOST_DAYS = 180
_MOST_REPORT = 1200


@dataclass(frozen=True)
class SealedVideo:
    """What the owner's browser made. Either `upload_id` (a file just sent) or `clip_id` (one of the household's).

    `envelope` and `grant` are age files that the server cannot open; `head` is the sealed file's header with nonce.
    `grant`: only when the household also keeps the clip; `grant_recipient`: the household key it is sealed to.
    """

    head: bytes = field(repr=False)
    sealed_sha256: str
    sealed_size: int
    envelope: bytes = field(repr=False)
    upload_id: UUID | None = None
    clip_id: UUID | None = None
    grant: bytes | None = field(default=None, repr=False)
    grant_recipient: str = ""


@action("consent.share")
def share(*, by: Actor, request_id: UUID, video: SealedVideo, expires_days: int) -> UUID:
    """Share one sealed video with one request; returns the share's id.

    Compares the object's fingerprint; whoever shares a large one calls `footage.access.read_through` first, so that it
    is not read while the transaction stands. Raises NotFound; Refused with the reasons of `core.consent.may_share`, of
    `footage.access.sealed`, `share_days_out_of_range`, `upload_used`.
    """
    held_household(by)  # two clicks on one clip make one share, and files are counted one after the other
    asked = access.request_for(by, request_id)
    # Before any rule: the file that made the request full, or the case that closed since, is shared all the same.
    if (before := _already_shared(by, request_id, video)) is not None:
        return before
    may_share(asked.facts(), clock.now()).require()
    if not 1 <= expires_days <= MOST_DAYS:
        raise Refused((reason("share_days_out_of_range", days=expires_days, most_days=MOST_DAYS),))
    sealed.check_small(video.envelope, sealed.ENVELOPE_BYTES)
    source = _object_of(by, request_id, video)
    sealed.check_object(
        source, expected_size=video.sealed_size, sealed_sha256=video.sealed_sha256, head=video.head
    )
    clip_id = _kept(by, video)
    if clip_id is None:
        return _handed_over(by, asked, video, days=expires_days, name=source, clip_id=None)
    # What the household keeps stays under its own name; the agency's copy gets another.
    copy, whole = object_store().copy(source), False
    try:
        share_id = _handed_over(by, asked, video, days=expires_days, name=copy, clip_id=clip_id)
        whole = True
    finally:
        if not whole:
            object_store().delete(copy)
    return share_id


def _already_shared(by: Actor, request_id: UUID, video: SealedVideo) -> UUID | None:
    """The share of this clip or upload that stands: an answer that was lost on its way is sent again."""
    if (video.upload_id is None) == (video.clip_id is None):
        return None
    own = OwnShare.objects.filter(household=my_household(by), request_id=request_id, withdrawn_at=None)
    if video.upload_id is not None:
        own = own.filter(upload_id=video.upload_id)
    else:
        own = own.filter(clip_id=video.clip_id)
    return own.values_list("share_id", flat=True).first()


@action("consent.withdraw")
def withdraw(*, by: Actor, share_id: UUID) -> None:
    """Take a share back; a second time changes nothing. Raises NotFound."""
    shared = access.share_for(by, share_id)
    marked = OwnShare.objects.filter(pk=shared.share_id, withdrawn_at=None).update(withdrawn_at=clock.now())
    if marked:
        disclosures.withdraw(share_id=share_id)


@action("consent.report")
def report(*, by: Actor, request_id: UUID, why: str, text: str = "") -> None:
    """Tell the review desk that a request is improper; it pauses for this household. Twice is once. Raises NotFound."""
    access.request_for(by, request_id)
    reasons: list[Reason] = []
    if why not in access.REPORT_REASONS:
        reasons.append(reason("report_reason_unknown"))
    if len(text) > _MOST_REPORT:
        reasons.append(reason("text_too_long", field="report", characters=len(text), most=_MOST_REPORT))
    if any(ord(each) < 32 and each not in "\n\r\t" for each in text[: _MOST_REPORT + 1]):  # noqa: PLR2004 - control characters
        reasons.append(reason("text_control_characters", field="report"))
    if reasons:
        raise Refused(tuple(reasons))
    try:
        with transaction.atomic():
            Report.objects.create(
                request_id=request_id, household=my_household(by), reason=why, text=text.strip()
            )
    except IntegrityError:
        return


@action("consent.resolve_report")
def resolve_report(*, by: Actor, report_id: UUID, upheld: bool) -> None:
    """A reviewer's answer to a report. Upheld: the reviewer also takes the approval back, by an act of its own.

    Raises NotFound, also for a report that another reviewer has just resolved.
    """
    if Role.REVIEWER not in by.roles or not by.second_factor:
        raise NotFound
    changed = Report.objects.filter(pk=report_id, resolved_at=None).update(
        resolved_at=clock.now(), upheld=upheld
    )
    if not changed:
        raise NotFound
    audit(f"report:{report_id}", upheld=upheld)


@action("consent.opt_out_by_link")
def opt_out_by_link(*, token: str, scope: str) -> None:
    """Opt out the household of a mail's link: `all`, or this request's `agency` or `offense`. Raises NotFound, Refused."""
    link = access.link(token)
    value = {"agency": str(link.request.agency_id), "offense": link.request.offense}.get(scope, "")
    opt_out_household(household_id=link.household_id, scope=scope, value=value)


def _kept(by: Actor, video: SealedVideo) -> UUID | None:
    """Take the upload; the clip's id where the household keeps one."""
    if video.upload_id is None:
        return video.clip_id
    name = take_upload(upload=footage.upload_for(by, video.upload_id))
    if video.grant is None:
        return None
    clip: UUID = make_clip(
        by=by,
        object_name=name,
        sealed_size=video.sealed_size,
        head=video.head,
        sealed_sha256=video.sealed_sha256,
        grant=video.grant,
        grant_recipient=video.grant_recipient,
    ).pk
    return clip


def _handed_over(
    by: Actor, asked: access.Asked, video: SealedVideo, *, days: int, name: str, clip_id: UUID | None
) -> UUID:
    """The agency's side gets its row, without the actor: it never learns whose it is."""
    received = disclosures.receive(
        request_id=asked.request.id,
        object_name=name,
        head=video.head,
        sealed_size=video.sealed_size,
        sealed_sha256=video.sealed_sha256,
        envelope=video.envelope,
        purpose=access.purpose_of(asked.request),
        expires_at=clock.now() + timedelta(days=days),
    )
    OwnShare.objects.create(
        share_id=received.pk,
        request_id=asked.request.id,
        household=my_household(by),
        clip_id=clip_id,
        upload_id=video.upload_id,
    )
    return UUID(str(received.pk))


def _object_of(by: Actor, request_id: UUID, video: SealedVideo) -> str:
    """The object the owner means, after the checks that a row can answer. Raises NotFound, Refused."""
    if (video.upload_id is None) == (video.clip_id is None):
        raise Refused((reason("upload_missing"),))
    if video.clip_id is not None:
        clip = footage.clip_for(by, video.clip_id)
        if clip.sealed_sha256 != video.sealed_sha256:
            raise Refused((reason("upload_wrong_hash"),))
        return clip.object_name
    assert video.upload_id is not None  # noqa: S101 - one of the two is given
    upload = footage.upload_for(by, video.upload_id)
    if upload.request_id != request_id:
        raise NotFound
    if upload.length != video.sealed_size:
        raise Refused((reason("upload_incomplete", bytes=video.sealed_size, most_bytes=upload.length),))
    return upload.object_name
