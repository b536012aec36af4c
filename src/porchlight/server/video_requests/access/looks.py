"""Second looks: which approvals were drawn, what came of them, and what still waits. The draw itself is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import RequestState
from porchlight.core.places import read_area
from porchlight.core.policy import Check
from porchlight.core.second_look import LookResult, LookState
from porchlight.core.visibility import Action, Actor, Facts, decide
from porchlight.server.foundation import clock
from porchlight.server.foundation.keyset import Page, page
from porchlight.server.transparency.access import log_size
from porchlight.server.video_requests.access.drafts import draft_of
from porchlight.server.video_requests.access.own import Person, person
from porchlight.server.video_requests.access.standing import checks_when_sent
from porchlight.server.video_requests.models import DrawHead, SecondLook, VideoRequest


@dataclass(frozen=True)
class LookRow:
    """A drawn approval as its list shows it."""

    look: SecondLook
    request: VideoRequest
    overdue: bool
    may_answer: bool
    may_reconsider: bool


@dataclass(frozen=True)
class LookCase:
    """A drawn approval as whoever looks again sees it: the request alone, no word of those who approved it."""

    look: SecondLook
    request: VideoRequest
    requester: Person
    signer: Person
    area: object
    checks: tuple[Check, ...]
    may_answer: bool
    may_reconsider: bool


@dataclass(frozen=True)
class PublicLook:
    """What everybody may know of one: the decision's entry in the log, and when its request is public the rest.

    `request_id` and `reason` are empty before that. `result`: agreed, would_refuse, or empty while it waits.
    """

    log_index: int
    request_id: UUID | None
    agency_name: str
    drawn_at: datetime
    due_at: datetime
    overdue: bool
    result: str
    reason: str
    answered_at: datetime | None
    paused: bool
    final: str


@dataclass(frozen=True)
class LookTotals:
    """How many requests were approved so far, how many were drawn, and what came of them."""

    approvals: int
    drawn: int
    agreed: int
    would_refuse: int
    waiting: int
    overdue: int


def facts_of(look: SecondLook) -> Facts:
    """What the table is told about it."""
    return {
        "state": look.state,
        "decided_by_ids": set(look.decided_by),
        "looked_by_id": str(look.looked_by_id) if look.looked_by_id else None,
        "public": look.request.public_at is not None and look.request.public_at <= clock.now(),
    }


def looks_for(actor: Actor, after: str = "") -> Page[LookRow]:
    """A page of what waits for a reviewer to look again, the oldest first. Raises NotFound for anyone else."""
    if not decide(actor, Action.SECOND_LOOK_READ, {"public": False}):
        raise NotFound
    rows = _rows().exclude(state=LookState.DONE)
    return page(rows, order=("drawn_at", "id"), after=after).each(lambda look: _row(actor, look))


def look_for(actor: Actor, look_id: UUID) -> LookCase:
    """One of them. Raises NotFound."""
    look = _rows().filter(pk=look_id).first()
    if look is None or not decide(actor, Action.SECOND_LOOK_READ, {"public": False}):
        raise NotFound
    row, request = _row(actor, look), look.request
    return LookCase(
        look=look,
        request=request,
        requester=person(request.created_by),
        signer=person(request.signed_by),
        area=read_area(request.area) if request.area else None,
        checks=checks_when_sent(
            request.agency,
            draft_of(request).facts(),
            without=request.pk,
            sent_at=request.submitted_at or clock.now(),
        ),
        may_answer=row.may_answer,
        may_reconsider=row.may_reconsider,
    )


def public_looks(after: str = "") -> Page[PublicLook]:
    """A page of the drawn approvals, the newest first."""
    return page(_rows(), order=("-drawn_at", "id"), after=after).each(_public)


def looks_of(request_id: UUID) -> tuple[PublicLook, ...]:
    """Those of one request that is public."""
    return tuple(_public(look) for look in _rows().filter(request_id=request_id).order_by("drawn_at"))


def look_totals() -> LookTotals:
    """Over all agencies."""
    waiting = Q(result="")
    counts = SecondLook.objects.aggregate(
        drawn=Count("pk"),
        agreed=Count("pk", filter=Q(result=LookResult.AGREED)),
        would_refuse=Count("pk", filter=Q(result=LookResult.WOULD_REFUSE)),
        waiting=Count("pk", filter=waiting),
        overdue=Count("pk", filter=waiting & Q(due_at__lte=clock.now())),
    )
    return LookTotals(approvals=VideoRequest.objects.filter(approved_at__isnull=False).count(), **counts)


def is_paused(request_id: UUID) -> bool:
    """Whether a second look would have refused the request, and two more reviewers have not answered yet."""
    return SecondLook.objects.filter(request_id=request_id, state=LookState.PAUSED).exists()


def undrawn() -> bool:
    """Whether the log has entries that were not looked at for a draw."""
    head = DrawHead.objects.first()
    return log_size() > (head.next_index if head else 0)


def paused_and_over() -> bool:
    """Whether a pause outlived its request."""
    rows = SecondLook.objects.filter(state=LookState.PAUSED)
    return rows.exclude(request__state=RequestState.APPROVED).exists()


def _rows() -> QuerySet[SecondLook]:
    return SecondLook.objects.select_related(
        "request__agency", "request__created_by__officer", "request__signed_by__officer"
    )


def _row(actor: Actor, look: SecondLook) -> LookRow:
    facts = facts_of(look)
    answered = actor.user_id in {str(each) for each in look.answered_by}
    return LookRow(
        look=look,
        request=look.request,
        overdue=not look.result and look.due_at <= clock.now(),
        may_answer=bool(decide(actor, Action.SECOND_LOOK_ANSWER, facts)),
        may_reconsider=not answered and bool(decide(actor, Action.SECOND_LOOK_RECONSIDER, facts)),
    )


def _public(look: SecondLook) -> PublicLook:
    request, now = look.request, clock.now()
    shown = request.public_at is not None and request.public_at <= now
    return PublicLook(
        log_index=look.log_index,
        request_id=request.pk if shown else None,
        agency_name=request.agency.name if shown else "",
        drawn_at=look.drawn_at,
        due_at=look.due_at,
        overdue=not look.result and look.due_at <= now,
        result=look.result,
        reason=look.public_reason if shown else "",
        answered_at=look.answered_at,
        paused=look.state == LookState.PAUSED,
        final=look.final,
    )
