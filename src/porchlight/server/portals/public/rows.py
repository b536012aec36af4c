"""A request on the public record as one row of a table. Nothing here counts people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.functional import Promise

from porchlight.core.lifecycle import RequestState
from porchlight.server.ui import text
from porchlight.server.ui.words import REQUEST_STATES
from porchlight.server.video_requests.access import PublicRequest


@dataclass(frozen=True)
class Row:
    """`about` and `asked` are coarser where the offense is sensitive: its group and the month.

    `decided_in` is what the desk's approval or rejection took; `withdrawn_late`: the agency withdrew what was approved.
    """

    id: UUID
    about: str
    agency_name: str
    agency_ori: str
    asked: str
    square_miles: float | None
    span: timedelta | None
    outcome: tuple[str | Promise, str, str]
    decided_in: timedelta | None
    withdrawn_late: bool


def rows_of(requests: Iterable[PublicRequest]) -> list[Row]:
    """One row for each, in their order."""
    return [_row(each) for each in requests]


def about(request: PublicRequest) -> str:
    """The offense; of a sensitive one its group."""
    if request.sensitive:
        return request.group_name
    return request.offense_name


def month(first: date) -> str:
    """`March 2026`."""
    return dateformat.format(first, "F Y")


def took(request: PublicRequest) -> timedelta | None:
    """From the supervisor's signature to the desk's decision, at least a minute; None where there was none."""
    if request.decided_at is None or request.signed_at is None:
        return None
    return max(request.decided_at - request.signed_at, timedelta(minutes=1))


def _day(request: PublicRequest) -> str:
    """The day in the zone of its agency, on whichever page the row stands; of a sensitive request the month."""
    if request.submitted_at is None:
        return month(request.month)
    return text.day(request.submitted_at.astimezone(ZoneInfo(request.timezone)).date(), short=True)


def _row(request: PublicRequest) -> Row:
    withdrawn = request.outcome == RequestState.WITHDRAWN
    span = request.ends_at - request.starts_at if request.starts_at and request.ends_at else None
    return Row(
        id=request.id,
        about=about(request),
        agency_name=request.agency_name,
        agency_ori=request.agency_ori,
        asked=_day(request),
        square_miles=request.square_miles,
        span=span,
        outcome=REQUEST_STATES[request.outcome],
        decided_in=took(request) if not withdrawn or request.approved_at else None,
        withdrawn_late=withdrawn and request.approved_at is not None,
    )
