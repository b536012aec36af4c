"""What the software has checked, said shortly: each rule with its value and its bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.core.policy import Bound, Check, CheckState, Rule, Unit
from porchlight.server.ui import text

NAMES: dict[Rule, Promise] = {
    Rule.AREA: gettext_lazy("Area"),
    Rule.CORNERS: gettext_lazy("Corners of the area"),
    Rule.WIDTH: gettext_lazy("Width of the area"),
    Rule.COMPACTNESS: gettext_lazy("Shape of the area"),
    Rule.JURISDICTION: gettext_lazy("Inside the jurisdiction"),
    Rule.SPAN: gettext_lazy("Length of time"),
    Rule.AGE: gettext_lazy("Days since it happened"),
    Rule.CASE_NUMBER: gettext_lazy("Case number in the agency’s form"),
    Rule.CASE_LIMIT: gettext_lazy("Requests for this case"),
    Rule.OPEN_LIMIT: gettext_lazy("Open requests of the agency"),
    Rule.MONTH_LIMIT: gettext_lazy("Requests in 30 days"),
    Rule.OFFENSE: gettext_lazy("Offense is on the list"),
    Rule.FACTUAL_BASIS: gettext_lazy("Facts: no links, addresses or numbers"),
    Rule.PUBLIC_SUMMARY: gettext_lazy("Summary: no links, addresses or numbers"),
    Rule.CUSTODIANS: gettext_lazy("Evidence custodians with a key"),
    Rule.AGENCY: gettext_lazy("Agency in good standing"),
}
_STEPS = {Rule.SUPERVISOR, Rule.REVIEW}
_WHOLE_UNITS = {Unit.VERTICES, Unit.METERS, Unit.DAYS, Unit.REQUESTS, Unit.PEOPLE}


@dataclass(frozen=True)
class Line:
    """One rule. `detail` is its value and bound in words, or empty."""

    name: str | Promise
    detail: str
    holds: bool
    reasons: tuple[object, ...]


@dataclass(frozen=True)
class Bounds:
    """All rules that were checked before it came here."""

    lines: tuple[Line, ...]

    @property
    def broken(self) -> int:
        """How many do not hold."""
        return sum(not line.holds for line in self.lines)


def bounds_of(checks: Iterable[Check]) -> Bounds:
    """The checks without the steps that come after them."""
    return Bounds(
        tuple(
            Line(NAMES[check.rule], _detail(check), check.state is CheckState.HOLDS, check.reasons)
            for check in checks
            if check.rule not in _STEPS
        )
    )


def _detail(check: Check) -> str:
    if (
        check.value is None
        or check.bound is None
        or check.bound.unit not in {*_WHOLE_UNITS, Unit.SQUARE_MILES, Unit.MINUTES}
    ):
        return ""
    value = _said(check.value, check.bound.unit)
    if check.bound.most is not None:
        return _("%(value)s, at most %(bound)s") % {
            "value": value,
            "bound": _bound(check.bound, check.bound.most),
        }
    if check.bound.least is not None:
        return _("%(value)s, at least %(bound)s") % {
            "value": value,
            "bound": _bound(check.bound, check.bound.least),
        }
    return value


def _bound(bound: Bound, value: float) -> str:
    return _said(value, bound.unit)


def _said(value: float, unit: Unit) -> str:
    if unit is Unit.SQUARE_MILES:
        return text.square_miles(value)
    if unit is Unit.MINUTES:
        return text.duration(timedelta(minutes=value))
    if unit is Unit.METERS:
        return _("%(n)s meters") % {"n": round(value)}
    return str(round(value))
