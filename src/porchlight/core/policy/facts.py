"""What policy is told about a request, about its agency, and about what the agency asked before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from porchlight.core.clock import in_utc
from porchlight.core.errors import Refused
from porchlight.core.lifecycle import OPEN_STATES, RequestState
from porchlight.core.places import Area, Jurisdiction, overlap
from porchlight.core.policy.case_numbers import CasePattern, canonical_case_number
from porchlight.core.reasons import Reason, reason


@dataclass(frozen=True)
class Span:
    """From when to when, in UTC, so that its length is elapsed time also across a change of the clocks.

    Raises Refused (`moment_without_zone`) for naive datetimes. May be reversed: the checks say so.
    """

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() is None or self.ends_at.utcoffset() is None:
            raise Refused((reason("moment_without_zone"),))
        object.__setattr__(self, "starts_at", in_utc(self.starts_at))
        object.__setattr__(self, "ends_at", in_utc(self.ends_at))

    @property
    def duration(self) -> timedelta:
        """Negative if reversed."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: Span) -> bool:
        """Whether the two have time in common; one that begins when the other ends has none."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class RequestFacts:
    """A request as drawn and typed so far. What is not there yet is None or empty.

    `area_reasons` and `time_reasons` are what `read_area` and `to_instant` said if there was something that could
    not be read. `near_school` is a fact of the map; `assembly`, `speech` and `minors` are answers of the officer or
    the supervisor, yes if either says so. `danger_to_life` puts the request first in the queue and changes no check;
    `danger_reason` says why (see `policy.danger`).
    """

    area: Area | None = None
    area_reasons: tuple[Reason, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_reasons: tuple[Reason, ...] = ()
    offense: str = ""
    case_number: str = ""
    factual_basis: str = ""
    public_summary: str = ""
    near_school: bool = False
    assembly: bool = False
    speech: bool = False
    minors: bool = False
    danger_to_life: bool = False
    danger_reason: str = ""

    @property
    def span(self) -> Span | None:
        """None while either end is missing. Raises Refused as `Span` does."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return Span(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class PastRequest:
    """A request that was made before, by the same agency unless it stands among another's.

    `ref`, the caller's own name for it, `offense` and `sent_at` are for whoever names it to a person; no rule looks at
    them.
    """

    case_number: str
    area: Area
    span: Span
    ref: str = ""
    offense: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True)
class AgencyFacts:
    """The agency as it stands, without the request in question.

    `open_requests`: in a state of `OPEN_STATES`. `requests_this_month`: submitted in the 30 days before now.
    `same_case`, `overlapping`: as `earlier_that_count` returns them. `overlapping_of_others`: approved requests of
    other agencies that share ground and time. `custodians_with_keys`, `officers`: active people.
    """

    jurisdiction: Jurisdiction | Mapping[str, object] | None
    case_pattern: CasePattern | str
    open_requests: int = 0
    requests_this_month: int = 0
    same_case: tuple[PastRequest, ...] = ()
    overlapping: tuple[PastRequest, ...] = ()
    overlapping_of_others: tuple[PastRequest, ...] = ()
    custodians_with_keys: int = 0
    officers: int = 0
    active: bool = True


def counts_for_case(state: RequestState, *, was_approved: bool) -> bool:
    """Whether a request uses up one of its case's: it is on its way, or it once reached owners."""
    return was_approved or state in OPEN_STATES


def earlier_that_count(
    request: RequestFacts, earlier: Iterable[PastRequest]
) -> tuple[tuple[PastRequest, ...], tuple[PastRequest, ...]]:
    """(same case, overlapping under another case number) among the agency's requests that count.

    What shares ground and time is the same question under another number, so both use up the case's limit.
    """
    case_number = canonical_case_number(request.case_number)
    same_case, overlapping = [], []
    for past in earlier:
        if case_number and canonical_case_number(past.case_number) == case_number:
            same_case.append(past)
        elif _overlaps(request, past):
            overlapping.append(past)
    return tuple(same_case), tuple(overlapping)


def _overlaps(request: RequestFacts, past: PastRequest) -> bool:
    span = request.span
    return (
        request.area is not None
        and span is not None
        and span.overlaps(past.span)
        and overlap(request.area, past.area)
    )
