"""What of a list somebody may see, said so that a database can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from porchlight.core.visibility.conditions import Facts, values_of

Clause = Mapping[str, frozenset[str | bool]]


@dataclass(frozen=True)
class Filter:
    """Any clause, every field of the clause: the fact, or one of its values, is among those given.

    `EVERYTHING` lets everything through, `NOTHING` nothing. Fields are those of the kind's facts; whoever
    keeps the table maps them to columns and joins the clauses by OR.
    """

    any_of: tuple[Clause, ...]

    @property
    def is_everything(self) -> bool:
        return any(not clause for clause in self.any_of)

    @property
    def is_nothing(self) -> bool:
        return not self.any_of

    def matches(self, facts: Facts) -> bool:
        """Whether an object with these facts is in the list."""
        return any(
            all(not values_of(facts.get(field)).isdisjoint(wanted) for field, wanted in clause.items())
            for clause in self.any_of
        )


EVERYTHING = Filter(({},))
NOTHING = Filter(())
