"""Who may see and do what: one table, asked in two ways.

`decide` answers for one object, `visible_to` for a list; both read the same rows, so a page can't show in a list what
it refuses alone. Deny by default: what no row allows is refused, and for reading the refusal is `not_found`, so that
absent and forbidden are one answer.
"""

from porchlight.core.visibility.actors import ANYONE, Actor, Role, Side
from porchlight.core.visibility.conditions import Facts, Fresh, Mine, Named, NotMe, Only, SecondFactor
from porchlight.core.visibility.deciding import decide, visible_to
from porchlight.core.visibility.filters import EVERYTHING, NOTHING, Filter
from porchlight.core.visibility.kinds import Action, Kind
from porchlight.core.visibility.rules import RULES, Rule

__all__ = [
    "ANYONE",
    "EVERYTHING",
    "NOTHING",
    "RULES",
    "Action",
    "Actor",
    "Facts",
    "Filter",
    "Fresh",
    "Kind",
    "Mine",
    "Named",
    "NotMe",
    "Only",
    "Role",
    "Rule",
    "SecondFactor",
    "Side",
    "decide",
    "visible_to",
]
