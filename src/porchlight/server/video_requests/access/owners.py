"""What owners are told of an approved request: frozen facts, the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.places import Area, read_area
from porchlight.core.policy import Danger, Span
from porchlight.core.second_look import LookState
from porchlight.server.video_requests.access.names import offense_group, offense_name
from porchlight.server.video_requests.access.own import person
from porchlight.server.video_requests.models import SecondLook, VideoRequest


@dataclass(frozen=True)
class OpenRequest:
    """A request that reached owners. `state` is approved while they may answer; it may have ended since.

    `danger_to_life`: the agency says so and the review desk found it so. It changes a sentence, and no moment.
    `paused`: a second look would have refused it, and two more reviewers have not answered yet.
    """

    id: UUID
    state: str
    agency_id: UUID
    agency_ori: str
    agency_name: str
    agency_short_name: str
    agency_phone: str
    timezone: str
    officer_name: str
    officer_title: str
    offense: str
    offense_name: str
    offense_group: str
    case_number: str
    public_summary: str
    area_geojson: Mapping[str, object]
    square_miles: float
    starts_at: datetime
    ends_at: datetime
    approved_at: datetime
    closes_at: datetime
    q_recipient: str
    danger_to_life: bool
    paused: bool

    @property
    def area(self) -> Area:
        """The area as drawn, for matching."""
        return read_area(self.area_geojson)

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    def open_at(self, now: datetime) -> bool:
        """Whether owners may answer now."""
        return self.stands_at(now) and not self.paused

    def stands_at(self, now: datetime) -> bool:
        """Whether it has not ended; while it is paused nobody is asked and nobody may share."""
        return self.state == "approved" and now < self.closes_at


def open_request(request_id: UUID | str) -> OpenRequest:
    """The request, if it ever was approved. Raises NotFound."""
    found = _approved().filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return _open(found)


def open_requests(ids: Iterable[UUID]) -> dict[UUID, OpenRequest]:
    """Those of the ids that ever were approved."""
    return {request.id: _open(request) for request in _approved().filter(pk__in=ids)}


def _approved() -> QuerySet[VideoRequest]:
    paused = SecondLook.objects.filter(request=OuterRef("pk"), state=LookState.PAUSED)
    rows = VideoRequest.objects.select_related("agency", "created_by__officer")
    return rows.filter(approved_at__isnull=False).annotate(is_paused=Exists(paused))


def _open(request: VideoRequest) -> OpenRequest:
    agency, officer = request.agency, person(request.created_by)
    area = read_area(request.area)
    assert request.starts_at and request.ends_at and request.approved_at and request.closes_at  # noqa: S101, PT018 - the rules held when it was sent
    return OpenRequest(
        id=request.id,
        state=request.state,
        agency_id=agency.id,
        agency_ori=agency.ori,
        agency_name=agency.name,
        agency_short_name=agency.short_name or agency.name,
        agency_phone=agency.phone,
        timezone=agency.timezone,
        officer_name=officer.name,
        officer_title=officer.title,
        offense=request.offense,
        offense_name=offense_name(request.offense),
        offense_group=offense_group(request.offense),
        case_number=request.case_number,
        public_summary=request.public_summary,
        area_geojson=area.geojson(),
        square_miles=area.square_miles,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        approved_at=request.approved_at,
        closes_at=request.closes_at,
        q_recipient=request.q_recipient,
        paused=request.is_paused,  # type: ignore[attr-defined]  # annotated above
        danger_to_life=request.urgent and request.danger_found == Danger.GIVEN,
    )
