"""A request as an officer has it so far: what was read from the form, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from porchlight.core.errors import Refused
from porchlight.core.places import Area, read_area
from porchlight.core.policy import RequestFacts, canonical_case_number
from porchlight.core.reasons import Reason
from porchlight.core.wording import tidy
from porchlight.server.video_requests.access.numbers import policy_numbers
from porchlight.server.video_requests.models import VideoRequest

FLAGS = ("minors", "assembly", "speech", "danger_to_life")
"""What the requester answers about the case; each is a field of `RequestFacts`."""


@dataclass(frozen=True)
class Draft:
    """What an officer entered. What is not there yet is None or empty.

    `area` is a parsed GeoJSON Polygon geometry that nobody has checked. `area_reasons` and `time_reasons` say what was
    typed but could not be read. `typed` is the form as typed, kept with a draft and given back to it.
    """

    area: object = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    offense: str = ""
    case_number: str = ""
    factual_basis: str = ""
    public_summary: str = ""
    flags: frozenset[str] = frozenset()
    danger_reason: str = ""
    publish_delay_days: int = 0
    publish_delay_reason: str = ""
    area_reasons: tuple[Reason, ...] = ()
    time_reasons: tuple[Reason, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> RequestFacts:
        """What policy is told."""
        area, reasons = (None, self.area_reasons) if self.area_reasons else _read(self.area)
        return RequestFacts(
            area=area,
            area_reasons=reasons,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            time_reasons=self.time_reasons,
            offense=self.offense,
            case_number=canonical_case_number(self.case_number),
            factual_basis=tidy(self.factual_basis),
            public_summary=tidy(self.public_summary),
            danger_reason=tidy(self.danger_reason) if "danger_to_life" in self.flags else "",
            **dict.fromkeys(self.flags & set(FLAGS), True),
        )


def draft_of(request: VideoRequest) -> Draft:
    """The stored request as a draft: `draft_of(request).facts()` are its facts."""
    return Draft(
        area=request.area,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        offense=request.offense,
        case_number=request.case_number,
        factual_basis=request.factual_basis,
        public_summary=request.public_summary,
        flags=frozenset(request.flags),
        danger_reason=request.danger_reason,
        publish_delay_days=request.publish_delay_days,
        publish_delay_reason=request.publish_delay_reason,
        area_reasons=_reasons(request.unread.get("area", [])),
        time_reasons=_reasons(request.unread.get("time", [])),
        typed=request.typed,
    )


def _read(value: object) -> tuple[Area | None, tuple[Reason, ...]]:
    if value is None:
        return None, ()
    try:
        return read_area(value, most_vertices=policy_numbers().most_vertices), ()
    except Refused as refused:
        return None, refused.reasons


def _reasons(values: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason.from_dict(each) for each in values)
