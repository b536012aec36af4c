"""How an agency stands when it asks: its jurisdiction, its people, and what it has asked before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from porchlight.core.lifecycle import OPEN_STATES
from porchlight.core.places import read_area
from porchlight.core.policy import (
    AgencyFacts,
    Check,
    PastRequest,
    RequestFacts,
    Span,
    checks,
    earlier_that_count,
    violations,
)
from porchlight.core.reasons import Reason
from porchlight.server.agencies.access import agency_facts
from porchlight.server.agencies.models import Agency
from porchlight.server.video_requests.access.numbers import policy_numbers
from porchlight.server.video_requests.models import VideoRequest

MONTH = timedelta(days=30)
NO_TEMPLATE = "####-#####"
"""How case numbers look where an agency registered nothing: the year and a number."""


def standing(
    agency: Agency,
    facts: RequestFacts,
    *,
    without: UUID | None,
    now: datetime,
    sent_before: datetime | None = None,
) -> AgencyFacts:
    """The agency as policy sees it, without the request `without` (the one in question).

    `sent_before`: only what was sent before that moment counts.
    """
    others = VideoRequest.objects.filter(agency=agency)
    if sent_before is not None:
        others = others.filter(submitted_at__lt=sent_before)
    if without is not None:
        others = others.exclude(pk=without)
    counting = others.filter(Q(state__in=OPEN_STATES) | Q(approved_at__isnull=False))
    near = _overlapping_in_time(facts)
    same_case, overlapping = earlier_that_count(
        facts, _past(counting.filter(Q(case_number=facts.case_number) | near))
    )
    foreign = VideoRequest.objects.exclude(agency=agency).filter(near, approved_at__isnull=False)
    # Another agency's case numbers mean nothing here: only ground and time are compared.
    _, of_others = earlier_that_count(replace(facts, case_number=""), _past(foreign))
    entry = agency_facts(agency.pk)
    return AgencyFacts(
        jurisdiction=entry.jurisdiction,
        case_pattern=entry.case_pattern or NO_TEMPLATE,
        open_requests=others.filter(state__in=OPEN_STATES).count(),
        requests_this_month=others.filter(submitted_at__gt=now - MONTH).count(),
        same_case=same_case,
        overlapping=overlapping,
        overlapping_of_others=of_others,
        custodians_with_keys=entry.custodians_with_keys,
        officers=entry.officers,
        active=entry.active,
    )


def checks_for(
    agency: Agency, facts: RequestFacts, *, without: UUID | None, now: datetime
) -> tuple[Check, ...]:
    """Every rule once, in the order of the page."""
    return checks(facts, standing(agency, facts, without=without, now=now), policy_numbers(), now)


def checks_when_sent(
    agency: Agency, facts: RequestFacts, *, without: UUID, sent_at: datetime
) -> tuple[Check, ...]:
    """The rules for a request that was sent, as they stood then: what came later breaks nothing afterwards."""
    then = standing(agency, facts, without=without, now=sent_at, sent_before=sent_at)
    return checks(facts, then, policy_numbers(), sent_at)


def violations_of(
    agency: Agency, facts: RequestFacts, *, without: UUID | None, now: datetime
) -> tuple[Reason, ...]:
    """Everything that stands in the way."""
    return violations(facts, standing(agency, facts, without=without, now=now), policy_numbers(), now)


def _overlapping_in_time(facts: RequestFacts) -> Q:
    if facts.starts_at is None or facts.ends_at is None:
        return Q(pk__in=[])
    return Q(starts_at__lt=facts.ends_at, ends_at__gt=facts.starts_at)


def _past(rows: QuerySet[VideoRequest]) -> list[PastRequest]:
    """Rows that were sent once have area and span; both passed the rules then."""
    columns = ("id", "case_number", "area", "starts_at", "ends_at", "offense", "submitted_at")
    found = rows.exclude(area=None).values_list(*columns)
    return [
        PastRequest(number, read_area(area), Span(starts_at, ends_at), str(own_id), offense, sent_at)
        for own_id, number, area, starts_at, ends_at, offense, sent_at in found
        if starts_at is not None and ends_at is not None
    ]
