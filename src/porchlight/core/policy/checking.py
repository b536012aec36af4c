"""All checks of a request, in the order of the page."""

from __future__ import annotations

from datetime import datetime

from porchlight.core.policy.area_checks import area_checks
from porchlight.core.policy.case_checks import agency_checks, case_checks, words_checks
from porchlight.core.policy.checks import Check, Rule, later
from porchlight.core.policy.facts import AgencyFacts, RequestFacts
from porchlight.core.policy.numbers import PolicyNumbers
from porchlight.core.policy.time_checks import time_checks
from porchlight.core.reasons import Reason


def checks(
    request: RequestFacts, agency: AgencyFacts, numbers: PolicyNumbers, now: datetime
) -> tuple[Check, ...]:
    """Every rule once, each on its own: one that is broken hides no other. `now` is aware."""
    return (
        *area_checks(request, agency, numbers),
        *time_checks(request, numbers, now),
        *case_checks(request, agency, numbers),
        *words_checks(request),
        *agency_checks(agency, numbers),
        later(Rule.SUPERVISOR),
        later(Rule.REVIEW),
    )


def violations(
    request: RequestFacts, agency: AgencyFacts, numbers: PolicyNumbers, now: datetime
) -> tuple[Reason, ...]:
    """Everything that stands in the way of submitting, missing fields included. Empty: it may be submitted."""
    return tuple(each for check in checks(request, agency, numbers, now) for each in check.reasons)
