"""What everybody may read of a request once it was decided or withdrawn, when its delay has passed.

Of a sensitive offense only the group, the month and the agency: place and day would point at the person harmed. The
agency's own words are shown only where the review desk let them through.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import RequestState
from porchlight.core.offenses import OFFENSES, offense_type
from porchlight.core.places import read_area
from porchlight.core.policy import Verdict
from porchlight.server.foundation import clock
from porchlight.server.foundation.keyset import Page, page
from porchlight.server.video_requests.access.names import group_name, offense_group, offense_name
from porchlight.server.video_requests.models import Decision, VideoRequest


@dataclass(frozen=True)
class PublicRequest:
    """A request on the public record. Fields that a sensitive offense keeps back are None or empty.

    `urgent`: the agency said that a life was in danger; `danger_found` is what the review desk found of that.
    `month` is the first day of the month in which it was sent. `outcome`: approved, rejected, withdrawn or closed.
    """

    id: UUID
    agency_id: UUID
    agency_ori: str
    agency_name: str
    timezone: str
    outcome: str
    sensitive: bool
    group: str
    group_name: str
    month: date
    offense: str
    offense_name: str
    case_number: str
    area_geojson: Mapping[str, object] | None
    square_miles: float | None
    starts_at: datetime | None
    ends_at: datetime | None
    summary: str
    public_reason: str
    urgent: bool
    danger_reason: str
    danger_found: str
    submitted_at: datetime | None
    signed_at: datetime | None
    decided_at: datetime | None
    approved_at: datetime | None
    closes_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Return:
    """That the review desk gave a request back, and why. `at` is None where a sensitive offense keeps it back."""

    round: int
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class Totals:
    """What an agency asked since it joined, as far as it is public. `usual_decision`: the median from the signature on."""

    asked: int
    approved: int
    rejected: int
    withdrawn: int
    usual_decision: timedelta | None


def public_requests(*, agency_id: UUID | None = None, after: str = "") -> Page[PublicRequest]:
    """A page of the public record, newest first."""
    rows = _public()
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return page(rows, order=("-public_at", "id"), after=after).each(_shown)


def asked_by(agency_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many requests of each of these agencies stand on the public record; one that has none is left out."""
    rows = _public().filter(agency_id__in=agency_ids).order_by().values_list("agency_id")
    return dict(rows.annotate(asked=Count("pk")))


def totals(agency_id: UUID | None = None) -> Totals:
    """Of one agency, or of all."""
    rows = _public().order_by()
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    states = {
        "approved": (RequestState.APPROVED, RequestState.CLOSED),
        "rejected": (RequestState.REJECTED,),
        "withdrawn": (RequestState.WITHDRAWN,),
    }
    counts = rows.aggregate(
        asked=Count("pk"), **{name: Count("pk", filter=Q(state__in=of)) for name, of in states.items()}
    )
    return Totals(**counts, usual_decision=usual_decision(rows))


def usual_decision(rows: QuerySet[VideoRequest]) -> timedelta | None:
    """The median time from signature to decision; sensitive ones stay out, as their moments are kept back."""
    sensitive = [each.code for each in OFFENSES if each.sensitive]
    took = rows.filter(signed_at__isnull=False, decided_at__gte=F("signed_at")).exclude(offense__in=sensitive)
    took = took.annotate(took=ExpressionWrapper(F("decided_at") - F("signed_at"), DurationField()))
    middle = took.order_by("took").values_list("took", flat=True)
    found = middle[took.count() // 2 :][:1]
    return max((max(each, timedelta(minutes=1)) for each in found), default=None)


def public_request(request_id: UUID | str) -> PublicRequest:
    """One request of the public record. Raises NotFound."""
    found = _public().filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return _shown(found)


def returns_of(request: PublicRequest) -> tuple[Return, ...]:
    """How often it came back before its last round, oldest first: one for each round, with all reasons given in it."""
    rows = Decision.objects.filter(
        request_id=request.id, round__lt=F("request__round"), verdict=Verdict.RETURN
    ).order_by("round", "decided_at")
    rounds: dict[int, list[Decision]] = {}
    for each in rows:
        rounds.setdefault(each.round, []).append(each)
    return tuple(
        Return(
            number,
            "\n\n".join(each.public_reason for each in answers),
            None if request.sensitive else answers[-1].decided_at,
        )
        for number, answers in rounds.items()
    )


def on_record(request_ids: Collection[UUID]) -> dict[UUID, str]:
    """Those of these requests that stand on the public record, each with its agency's ORI."""
    return dict(_public().filter(pk__in=request_ids).order_by().values_list("pk", "agency__ori"))


def _public() -> QuerySet[VideoRequest]:
    rows = VideoRequest.objects.select_related("agency").filter(public_at__lte=clock.now())
    return rows.order_by("-public_at", "id")


def _shown(request: VideoRequest) -> PublicRequest:
    offense = offense_type(request.offense)
    group = offense_group(request.offense)
    sensitive = offense is None or offense.sensitive
    sent = request.submitted_at or request.created_at
    shows_words = not sensitive and request.approved_at is not None
    area = None if sensitive or request.area is None else read_area(request.area)
    return PublicRequest(
        id=request.id,
        agency_id=request.agency_id,
        agency_ori=request.agency.ori,
        agency_name=request.agency.name,
        timezone=request.agency.timezone,
        outcome=request.state,
        sensitive=sensitive,
        group=group,
        group_name=group_name(group),
        month=sent.date().replace(day=1),
        offense="" if sensitive else request.offense,
        offense_name="" if sensitive else offense_name(request.offense),
        case_number="" if sensitive else request.case_number,
        area_geojson=area.geojson() if area else None,
        square_miles=area.square_miles if area else None,
        starts_at=None if sensitive else request.starts_at,
        ends_at=None if sensitive else request.ends_at,
        summary=request.public_summary if shows_words else "",
        public_reason=request.public_reason,
        urgent=request.urgent and not sensitive,
        danger_reason=request.danger_reason if request.urgent and shows_words else "",
        danger_found="" if sensitive else request.danger_found,
        submitted_at=None if sensitive else request.submitted_at,
        signed_at=None if sensitive else request.signed_at,
        decided_at=None if sensitive else request.decided_at,
        approved_at=None if sensitive else request.approved_at,
        closes_at=None if sensitive else request.closes_at,
        ended_at=None if sensitive else request.withdrawn_at or request.closed_at,
    )
