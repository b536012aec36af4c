"""From the core's checks to the rows of "What the rules allow"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.core.policy.checks import Bound, Check, CheckState, Rule, Unit
from porchlight.server.ui import parts, text
from porchlight.server.ui.reasons import text_of

_WITH_GAUGE = {Rule.AREA, Rule.SPAN, Rule.AGE}


def rule_rows(checks: Iterable[Check]) -> list[parts.Rule]:
    """One row for each check, in their order, for `{% rules rows %}`."""
    return [_row(check) for check in checks]


def summary(rows: Sequence[parts.Rule]) -> str:
    """`1 thing to change. 5 rules hold. 2 come later.` Put it in a `role="status"` line."""
    broken, holds, later = (sum(row.state == state for row in rows) for state in ("broken", "holds", "later"))
    said = []
    if broken:
        said.append(ngettext("%(n)s thing to change.", "%(n)s things to change.", broken) % {"n": broken})
    said.append(ngettext("%(n)s rule holds.", "%(n)s rules hold.", holds) % {"n": holds})
    if later:
        said.append(ngettext("%(n)s comes later.", "%(n)s come later.", later) % {"n": later})
    return " ".join(said)


def _row(check: Check) -> parts.Rule:
    said = " ".join(text_of(reason) for reason in check.reasons)
    gauge = None
    if check.rule in _WITH_GAUGE and check.bound is not None and check.value is not None:
        gauge = parts.gauge(check.value, check.bound.least, check.bound.most)
    return parts.Rule(str(check.state), _title(check), said or _allowed(check), gauge)


def _title(check: Check) -> str:
    """The rule's name, with the measured value where that says something."""
    value = _value(check)
    if check.rule in _WITH_GAUGE and value:
        return _("%(rule)s: %(value)s") % {"rule": _NAMES[check.rule](), "value": value}
    return _NAMES[check.rule]()


_NAMES = {
    Rule.AREA: lambda: _("Area"),
    Rule.CORNERS: lambda: _("Number of corners"),
    Rule.WIDTH: lambda: _("Not a thin strip"),
    Rule.COMPACTNESS: lambda: _("A plain shape"),
    Rule.JURISDICTION: lambda: _("Inside your jurisdiction"),
    Rule.SPAN: lambda: _("Span"),
    Rule.AGE: lambda: _("Age"),
    Rule.CASE_NUMBER: lambda: _("Case number"),
    Rule.CASE_LIMIT: lambda: _("Requests in this case"),
    Rule.OPEN_LIMIT: lambda: _("Open requests of your agency"),
    Rule.MONTH_LIMIT: lambda: _("Requests in 30 days"),
    Rule.OFFENSE: lambda: _("Offense type is on the list"),
    Rule.FACTUAL_BASIS: lambda: _("What happened"),
    Rule.PUBLIC_SUMMARY: lambda: _("Public summary"),
    Rule.CUSTODIANS: lambda: _("Evidence custodians"),
    Rule.AGENCY: lambda: _("Your agency is active"),
    Rule.SUPERVISOR: lambda: _("Supervisor signs"),
    Rule.REVIEW: lambda: _("People judge the reason"),
}


def _value(check: Check) -> str:
    if check.bound is None or check.value is None or check.value < 0:
        return ""
    return _said(check.value, check.bound.unit)


def _said(value: float, unit: Unit) -> str:
    if unit is Unit.SQUARE_MILES:
        return text.square_miles(value)
    if unit is Unit.MINUTES:
        return text.duration(timedelta(minutes=value))
    if unit is Unit.DAYS:
        return text.duration(timedelta(days=value))
    if unit is Unit.METERS:
        return _("%(n)s meters") % {"n": formats.number_format(round(value))}
    if unit is Unit.RATIO:
        return formats.number_format(round(value, 2))
    return formats.number_format(round(value), force_grouping=True)


def _allowed(check: Check) -> str:
    """What the rule allows, where it holds or nothing is entered yet."""
    if check.rule is Rule.SUPERVISOR:
        return _("After you send it. Never the person who wrote it.")
    if check.rule is Rule.REVIEW:
        return _("The review desk reads what you wrote.")
    if check.rule is Rule.JURISDICTION and check.state is CheckState.HOLDS:
        return _("All of it, in one simple shape.")
    return _range(check.bound) if check.bound is not None else ""


def _range(bound: Bound) -> str:
    if bound.unit in {Unit.SERIOUSNESS, Unit.RATIO}:
        return ""
    least = _said(bound.least, bound.unit) if bound.least is not None else ""
    most = _said(bound.most, bound.unit) if bound.most is not None else ""
    if least and most:
        if bound.unit is Unit.SQUARE_MILES:
            least = text.square_miles_number(bound.least or 0)
        if bound.unit is Unit.CHARACTERS:
            return _("From %(least)s to %(most)s characters.") % {"least": least, "most": most}
        return _("From %(least)s to %(most)s.") % {"least": least, "most": most}
    return _("At most %(most)s.") % {"most": most} if most else _("At least %(least)s.") % {"least": least}
