"""The conditions that rows of the table are made of.

Conditions on the object (`Mine`, `Only`, `Named`) become filters of lists; conditions on the person or on what is
different (`SecondFactor`, `Fresh`, `NotMe`) can't be seen in a list's rows, so the last two stand in rows of acts only.
A fact that is missing satisfies nothing, and nobody matches by both having no id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility.actors import Actor

Id = str | UUID
Fact = Id | bool | None | Collection[Id]
Facts = Mapping[str, Fact]
"""What is known of an object: ids, states, yes or no; several values are a collection."""


class Condition(Protocol):
    """One condition in a row."""

    def holds(self, actor: Actor, facts: Facts) -> bool: ...

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]] | None:
        """As a filter: (fact, values of which one is wanted). No values: nothing fits. None: says nothing of facts."""
        ...

    def objection(self) -> Reason:
        """Why not, to the person who may see the object and still may not do this."""
        ...


def values_of(fact: Fact) -> frozenset[str | bool]:
    """The values of a fact as a set; none if it is missing. Ids are text, so that a UUID and its text are one."""
    if fact is None:
        return frozenset()
    values = {fact} if isinstance(fact, str | bool | UUID) else fact
    return frozenset(value if isinstance(value, bool) else str(value) for value in values)


class _OnFacts:
    """A condition whose filter says everything about it."""

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]] | None:
        raise NotImplementedError

    def holds(self, actor: Actor, facts: Facts) -> bool:
        wanted = self.wanted(actor)
        return wanted is not None and not values_of(facts.get(wanted[0])).isdisjoint(wanted[1])


@dataclass(frozen=True)
class Mine(_OnFacts):
    """The object's `household_id`, `agency_id` or `invitation_id` is the actor's own."""

    field: str

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]]:
        return self.field, values_of(getattr(actor, self.field))

    def objection(self) -> Reason:
        return reason("not_found")


@dataclass(frozen=True)
class Named(_OnFacts):
    """The actor is named in the object: `requester_id`, `reviewer_id`, or among `assigned_ids`."""

    field: str

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]]:
        return self.field, values_of(actor.user_id)

    def objection(self) -> Reason:
        return reason("not_the_person_named", field=self.field)


@dataclass(frozen=True)
class Only(_OnFacts):
    """The fact is one of these values."""

    field: str
    values: frozenset[str | bool]

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]]:  # noqa: ARG002  one shape for all
        return self.field, self.values

    def objection(self) -> Reason:
        return reason("not_in_this_state", field=self.field)


@dataclass(frozen=True)
class NotMe:
    """The person named there is known and is somebody else."""

    field: str

    def holds(self, actor: Actor, facts: Facts) -> bool:
        named = values_of(facts.get(self.field))
        return bool(named) and actor.user_id is not None and named.isdisjoint(values_of(actor.user_id))

    def wanted(self, actor: Actor) -> None:  # noqa: ARG002  one shape for all
        return None

    def objection(self) -> Reason:
        return reason("own_act_needs_another_person", field=self.field)


@dataclass(frozen=True)
class SecondFactor:
    """The session passed a second factor."""

    def holds(self, actor: Actor, facts: Facts) -> bool:  # noqa: ARG002  one shape for all
        return actor.second_factor

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]] | None:
        return None if actor.second_factor else ("", frozenset())

    def objection(self) -> Reason:
        return reason("second_factor_needed")


@dataclass(frozen=True)
class Fresh:
    """The second factor was passed again for this act."""

    def holds(self, actor: Actor, facts: Facts) -> bool:  # noqa: ARG002  one shape for all
        return actor.fresh_factor

    def wanted(self, actor: Actor) -> tuple[str, frozenset[str | bool]] | None:
        return None if actor.fresh_factor else ("", frozenset())

    def objection(self) -> Reason:
        return reason("second_factor_again")
