"""The rules about when: one incident's hours, not long ago, and never a time to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from porchlight.core.clock import in_utc
from porchlight.core.errors import Refused
from porchlight.core.policy.checks import Bound, Check, Rule, Unit, judged, later
from porchlight.core.policy.facts import RequestFacts, Span
from porchlight.core.policy.numbers import PolicyNumbers
from porchlight.core.reasons import Reason, reason

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def time_checks(request: RequestFacts, numbers: PolicyNumbers, now: datetime) -> Iterator[Check]:
    length = Bound(Unit.MINUTES, least=numbers.least_span_minutes, most=numbers.most_span_minutes)
    age = Bound(Unit.DAYS, least=0.0, most=numbers.most_age_days)
    try:
        span = request.span
    except Refused as refused:
        yield judged(Rule.SPAN, (*request.time_reasons, *refused.reasons), bound=length)
        yield later(Rule.AGE, bound=age)
        return
    if request.time_reasons:
        yield judged(Rule.SPAN, request.time_reasons, bound=length)
        yield later(Rule.AGE, bound=age)
    elif span is None:
        yield later(Rule.SPAN, reason("span_missing"), bound=length)
        yield later(Rule.AGE, bound=age)
    else:
        yield judged(Rule.SPAN, tuple(_length(span, numbers)), span.duration / _MINUTE, length)
        yield judged(Rule.AGE, tuple(_age(span, numbers, in_utc(now))), _days(span, in_utc(now)), age)


def _length(span: Span, numbers: PolicyNumbers) -> Iterator[Reason]:
    minutes = round(span.duration / _MINUTE, 2)
    if span.duration <= timedelta(0):
        yield reason("span_reversed", minutes=minutes)
    elif span.duration < numbers.least_span_minutes * _MINUTE:
        yield reason("span_too_short", minutes=minutes, least_minutes=numbers.least_span_minutes)
    elif span.duration > numbers.most_span_minutes * _MINUTE:
        latest = span.starts_at + numbers.most_span_minutes * _MINUTE
        yield reason(
            "span_too_long",
            minutes=minutes,
            most_minutes=numbers.most_span_minutes,
            latest_end=latest.isoformat(),
        )


def _days(span: Span, now: datetime) -> float:
    """Age of the earliest moment asked for: no footage may be older than the limit."""
    return (now - span.starts_at) / _DAY


def _age(span: Span, numbers: PolicyNumbers, now: datetime) -> Iterator[Reason]:
    if max(span.starts_at, span.ends_at) > now:
        yield reason("span_in_future", now=now.isoformat(timespec="minutes"))
    if now - span.starts_at > numbers.most_age_days * _DAY:
        earliest = now - numbers.most_age_days * _DAY
        yield reason(
            "incident_too_old",
            days=round(_days(span, now), 2),
            most_days=numbers.most_age_days,
            earliest_start=earliest.isoformat(timespec="minutes"),
        )
