"""The rules about the drawn area: large enough to hide a home in, small enough to be a question about one incident."""

from __future__ import annotations

from collections.abc import Iterator

from porchlight.core.places import Area, covers
from porchlight.core.policy.checks import Bound, Check, Rule, Unit, judged, later
from porchlight.core.policy.facts import AgencyFacts, RequestFacts
from porchlight.core.policy.numbers import PolicyNumbers
from porchlight.core.reasons import Reason, reason

_MEASURED = (Rule.CORNERS, Rule.WIDTH, Rule.COMPACTNESS, Rule.JURISDICTION)


def area_checks(request: RequestFacts, agency: AgencyFacts, numbers: PolicyNumbers) -> Iterator[Check]:
    bounds = _bounds(numbers)
    area = request.area
    if area is None:
        yield _unread(request, bounds[Rule.AREA])
        for rule in _MEASURED:
            yield later(rule, bound=bounds.get(rule))
        return
    yield _size(area, bounds[Rule.AREA])
    yield _corners(area, bounds[Rule.CORNERS])
    yield _width(area, bounds[Rule.WIDTH])
    yield _compactness(area, bounds[Rule.COMPACTNESS])
    yield judged(Rule.JURISDICTION, _outside(area, agency))


def _bounds(numbers: PolicyNumbers) -> dict[Rule, Bound]:
    return {
        Rule.AREA: Bound(
            Unit.SQUARE_MILES, least=numbers.least_area_square_miles, most=numbers.most_area_square_miles
        ),
        Rule.CORNERS: Bound(Unit.VERTICES, most=numbers.most_vertices),
        Rule.WIDTH: Bound(Unit.METERS, least=numbers.least_inscribed_radius_m),
        Rule.COMPACTNESS: Bound(Unit.RATIO, least=numbers.least_compactness, most=1.0),
    }


def _unread(request: RequestFacts, bound: Bound) -> Check:
    if request.area_reasons:
        return judged(Rule.AREA, request.area_reasons, bound=bound)
    return later(Rule.AREA, reason("area_missing"), bound=bound)


def _size(area: Area, bound: Bound) -> Check:
    least, most = bound.least or 0.0, bound.most or 0.0
    measured = {"square_miles": round(area.square_miles, 6)}
    reasons: tuple[Reason, ...] = ()
    if area.square_miles < least:
        reasons = (reason("area_too_small", **measured, least_square_miles=least),)
    elif area.square_miles > most:
        reasons = (reason("area_too_large", **measured, most_square_miles=most),)
    return judged(Rule.AREA, reasons, area.square_miles, bound)


def _corners(area: Area, bound: Bound) -> Check:
    reasons: tuple[Reason, ...] = ()
    if not bound.admits(area.vertices):
        reasons = (reason("area_too_many_vertices", vertices=area.vertices, most=int(bound.most or 0)),)
    return judged(Rule.CORNERS, reasons, area.vertices, bound)


def _width(area: Area, bound: Bound) -> Check:
    reasons: tuple[Reason, ...] = ()
    if not bound.admits(area.inscribed_radius_m):
        reasons = (
            reason("area_too_narrow", radius_m=round(area.inscribed_radius_m, 1), least_m=bound.least or 0.0),
        )
    return judged(Rule.WIDTH, reasons, area.inscribed_radius_m, bound)


def _compactness(area: Area, bound: Bound) -> Check:
    reasons: tuple[Reason, ...] = ()
    if bound.least is not None and area.compactness < bound.least:
        reasons = (reason("area_too_ragged", compactness=round(area.compactness, 3), least=bound.least),)
    return judged(Rule.COMPACTNESS, reasons, area.compactness, bound)


def _outside(area: Area, agency: AgencyFacts) -> tuple[Reason, ...]:
    if agency.jurisdiction is None:
        return (reason("jurisdiction_missing"),)
    return () if covers(agency.jurisdiction, area) else (reason("area_outside_jurisdiction"),)
