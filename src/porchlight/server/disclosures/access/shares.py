"""What owners shared, as the agency may see it. It knows nothing of households, notices or who else was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from porchlight.core.custody import Observed
from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import ShareState
from porchlight.core.reasons import Decision, reason
from porchlight.core.visibility import Action, Actor, decide
from porchlight.server.disclosures.access.visible import facts_of, key_holders, readable
from porchlight.server.disclosures.models import CustodyEntry, Share
from porchlight.server.foundation import clock
from porchlight.server.foundation.keyset import Page, page
from porchlight.server.foundation.objects import object_store
from porchlight.server.video_requests.models import KeyWrap, VideoRequest


@dataclass(frozen=True)
class Asked:
    """The request that a video was shared for."""

    id: UUID
    case_number: str
    offense: str
    area: dict[str, Any] | None
    area_m2: float
    starts_at: datetime | None
    ends_at: datetime | None
    approved_at: datetime | None
    closes_at: datetime | None
    state: str
    timezone: str


@dataclass(frozen=True)
class SharedVideo:
    """One shared video. Name, contact and place, if the owner ticked them, stand sealed in the envelope alone."""

    id: UUID
    request: Asked
    state: ShareState
    shared_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    deleted_at: datetime | None
    sealed_size: int
    sealed_sha256: str
    purpose: str
    was_opened: bool
    may_open: bool

    @property
    def is_active(self) -> bool:
        """Whether it can still be opened by those who hold a key."""
        return self.state is ShareState.ACTIVE


def shares_of(actor: Actor, *, after: str = "", case_number: str | None = None) -> Page[SharedVideo]:
    """A page of the shares the person may read, newest first; those that ended stay as a line without content."""
    rows = readable(actor).select_related("request__agency")
    if case_number is not None:
        rows = rows.filter(request__case_number=case_number)
    found = page(rows, order=("-shared_at", "id"), after=after)
    holders = key_holders({row.request_id for row in found.rows})
    return found.each(lambda row: _shared(actor, row, holders[row.request_id]))


def share_for(actor: Actor, share_id: UUID) -> SharedVideo:
    """Raises NotFound for what is absent or another's."""
    row = row_for(actor, share_id)
    return _shared(actor, row, key_holders({row.request_id})[row.request_id])


def row_for(actor: Actor, share_id: UUID) -> Share:
    """The row itself, for this app's actions. Raises NotFound."""
    row = readable(actor).select_related("request__agency").filter(pk=share_id).first()
    if row is None:
        raise NotFound
    return row


def openable(actor: Actor, row: Share, at: datetime) -> Decision:
    """Whether the person may open this share now: their role, that it stands, that it has not run out."""
    verdict = decide(actor, Action.SHARE_OPEN, facts_of(row, key_holders({row.request_id})[row.request_id]))
    if row.state != ShareState.ACTIVE or row.expires_at <= at:
        return Decision(allowed=False, reasons=(reason("share_ended"),))
    return verdict


def own_recipients(actor: Actor, share_id: UUID) -> tuple[str, ...]:
    """The public halves of the person's own keys to which the request's key was wrapped, the newest key first."""
    row = row_for(actor, share_id)
    wraps = KeyWrap.objects.filter(
        request_id=row.request_id, officer_key__officer__user_id=str(actor.user_id)
    )
    return tuple(
        wraps.order_by("-officer_key__created_at", "id").values_list("officer_key__recipient", flat=True)
    )


def openable_size(actor: Actor, share_id: UUID) -> int:
    """How many bytes of ciphertext the person may fetch. Raises NotFound as `sealed_range` does."""
    row = row_for(actor, share_id)
    if not openable(actor, row, clock.now()):
        raise NotFound
    return row.sealed_size


def fetch_noted(actor: Actor, share_id: UUID) -> bool:
    """Whether the person's fetch is recorded already: once after each time the key was handed out to them."""
    entries = CustodyEntry.objects.filter(
        share_id=share_id, actor=str(actor.user_id), observed=Observed.BY_SERVER
    )
    last = entries.order_by("-sequence").first()
    return last is not None and last.event == "ciphertext_fetched"


def sealed_range(actor: Actor, share_id: UUID, start: int, end: int) -> Iterator[bytes]:
    """The ciphertext's bytes from `start` up to but not including `end`.

    Raises NotFound where the person may not open the share, or it has ended.
    """
    row = row_for(actor, share_id)
    if not openable(actor, row, clock.now()):
        raise NotFound
    return object_store().read(row.object_name, start, end)


def _shared(actor: Actor, row: Share, holders: Collection[UUID]) -> SharedVideo:
    return SharedVideo(
        id=row.pk,
        request=_asked(row.request),
        state=ShareState(row.state),
        shared_at=row.shared_at,
        expires_at=row.expires_at,
        withdrawn_at=row.withdrawn_at,
        deleted_at=row.deleted_at,
        sealed_size=row.sealed_size,
        sealed_sha256=row.sealed_sha256,
        purpose=row.purpose,
        was_opened=row.key_first_fetched_at is not None,
        may_open=bool(decide(actor, Action.SHARE_OPEN, facts_of(row, holders))),
    )


def _asked(request: VideoRequest) -> Asked:
    return Asked(
        id=request.pk,
        case_number=request.case_number,
        offense=request.offense,
        area=request.area,
        area_m2=request.area_m2 or 0.0,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        approved_at=request.approved_at,
        closes_at=request.closes_at,
        state=request.state,
        timezone=request.agency.timezone,
    )
