"""What a check is: a rule, whether it holds, and the numbers from which a page draws a gauge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from porchlight.core.policy.facts import PastRequest
from porchlight.core.reasons import Reason


class Rule(StrEnum):
    """In the order of the page."""

    AREA = "area"
    CORNERS = "corners"
    WIDTH = "width"
    COMPACTNESS = "compactness"
    JURISDICTION = "jurisdiction"
    SPAN = "span"
    AGE = "age"
    CASE_NUMBER = "case_number"
    CASE_LIMIT = "case_limit"
    OPEN_LIMIT = "open_limit"
    MONTH_LIMIT = "month_limit"
    OFFENSE = "offense"
    FACTUAL_BASIS = "factual_basis"
    PUBLIC_SUMMARY = "public_summary"
    CUSTODIANS = "custodians"
    AGENCY = "agency"
    SUPERVISOR = "supervisor"
    REVIEW = "review"


class CheckState(StrEnum):
    """`LATER`: nothing to judge yet, because a field is empty or because the step comes after this one."""

    HOLDS = "holds"
    BROKEN = "broken"
    LATER = "later"


class Unit(StrEnum):
    SQUARE_MILES = "square_miles"
    VERTICES = "vertices"
    METERS = "meters"
    RATIO = "ratio"
    MINUTES = "minutes"
    DAYS = "days"
    REQUESTS = "requests"
    SERIOUSNESS = "seriousness"
    CHARACTERS = "characters"
    PEOPLE = "people"


@dataclass(frozen=True)
class Bound:
    """What the rule allows, ends included, in `unit`. None: open at that end."""

    unit: Unit
    least: float | None = None
    most: float | None = None

    def admits(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Check:
    """One rule. It stands in the way of submitting exactly when it has reasons.

    A broken check has reasons; one that comes later has one if something is missing, none if a later step decides.
    `value` is in the bound's unit, and None where there is nothing to measure. `counted`: the earlier requests that
    the value counts beside this one.
    """

    rule: Rule
    state: CheckState
    reasons: tuple[Reason, ...] = ()
    value: float | None = None
    bound: Bound | None = None
    counted: tuple[PastRequest, ...] = ()

    def __post_init__(self) -> None:
        if self.state is CheckState.BROKEN and not self.reasons:
            raise ValueError("a broken rule needs a reason")
        if self.state is CheckState.HOLDS and self.reasons:
            raise ValueError("a rule that holds has no reason against it")


def judged(
    rule: Rule, reasons: tuple[Reason, ...], value: float | None = None, bound: Bound | None = None
) -> Check:
    """Broken if there is a reason, otherwise it holds."""
    return Check(rule, CheckState.BROKEN if reasons else CheckState.HOLDS, reasons, value, bound)


def later(rule: Rule, *missing: Reason, bound: Bound | None = None) -> Check:
    """Nothing to judge yet."""
    return Check(rule, CheckState.LATER, missing, None, bound)
