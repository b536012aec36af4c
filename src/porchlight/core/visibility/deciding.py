"""The two questions asked of the table."""

from __future__ import annotations

from porchlight.core.reasons import Decision, reason
from porchlight.core.visibility.actors import Actor
from porchlight.core.visibility.conditions import Facts
from porchlight.core.visibility.filters import Clause, Filter
from porchlight.core.visibility.kinds import MAKES_NEW, Action, Kind, reading
from porchlight.core.visibility.rules import RULES, Rule

_NOT_FOUND = Decision(allowed=False, reasons=(reason("not_found"),))


def decide(actor: Actor, action: Action, facts: Facts) -> Decision:
    """Whether the actor may do this with the object of these facts.

    Refuses with `not_found` alone if the actor may not even read the object. Otherwise with what fails in the row
    that comes closest, or `role_may_not` if no row is for this role on this side.
    """
    if action is reading(action.kind):
        return Decision(allowed=True) if _allowed(actor, action, facts) else _NOT_FOUND
    if action not in MAKES_NEW and not _allowed(actor, reading(action.kind), facts):
        return _NOT_FOUND
    if _allowed(actor, action, facts):
        return Decision(allowed=True)
    failing = [rule.failing(actor, facts) for rule in _rows(actor, action)]
    if not failing:
        return Decision(
            allowed=False, reasons=(reason("role_may_not", action=str(action), role=str(actor.role)),)
        )
    return Decision(allowed=False, reasons=tuple(each.objection() for each in min(failing, key=len)))


def visible_to(actor: Actor, kind: Kind) -> Filter:
    """Which objects of the kind the actor may read: for every object, `matches` equals `decide` on reading it."""
    clauses = tuple(
        clause for rule in _rows(actor, reading(kind)) if (clause := _clause(rule, actor)) is not None
    )
    return Filter(clauses)


def _rows(actor: Actor, action: Action) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if action is rule.action and rule.is_for(actor))


def _allowed(actor: Actor, action: Action, facts: Facts) -> bool:
    return any(not rule.failing(actor, facts) for rule in _rows(actor, action))


def _clause(rule: Rule, actor: Actor) -> Clause | None:
    """The row as a clause for this actor; None if nothing can satisfy it."""
    clause: dict[str, frozenset[str | bool]] = {}
    for condition in rule.conditions:
        wanted = condition.wanted(actor)
        if wanted is None:
            continue
        field, values = wanted
        clause[field] = clause[field] & values if field in clause else values
        if not clause[field]:
            return None
    return clause
