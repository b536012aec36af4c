"""Custody: who did what with a share, as a chain in which no entry can be changed, moved, dropped or added unseen.

Each entry's hash covers everything in it and the hash before it; the first one hangs on the chain's own name, so
entries of one chain fit into no other. One chain a share, never one for all: a common chain would let one share's
traffic be read off another's. That the end was not cut off is shown by a head kept elsewhere (the daily anchor).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from porchlight.core.clock import in_utc
from porchlight.core.reasons import Decision, reason

FactValue = str | int | bool | None
_FORMAT = "porchlight.custody/1"


class Observed(StrEnum):
    """How it is known: the server saw it itself, or a client said so."""

    BY_SERVER = "server"
    REPORTED = "reported"


@dataclass(frozen=True)
class CustodyEntry:
    """One act. `number` counts from 0. Hashes are 64 hexadecimal digits; `at` is in UTC."""

    chain: str
    number: int
    at: datetime
    act: str
    actor: str
    observed: Observed
    previous: str
    hash: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", in_utc(self.at))
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def content(self) -> bytes:
        """What is hashed: canonical JSON of everything but the hash itself."""
        value = {
            "format": _FORMAT,
            "chain": self.chain,
            "number": self.number,
            "at": self.at.isoformat(timespec="microseconds"),
            "act": self.act,
            "actor": self.actor,
            "observed": str(self.observed),
            "previous": self.previous,
            "facts": dict(self.facts),
        }
        return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class ChainHead:
    """How far a chain goes: the number of entries and the last hash."""

    chain: str
    entries: int
    hash: str


def new_chain(chain: str) -> ChainHead:
    """The head of a chain without entries."""
    return ChainHead(chain, 0, _sha256(f"{_FORMAT}\n{chain}".encode()))


def append(
    head: ChainHead,
    *,
    at: datetime,
    act: str,
    actor: str,
    observed: Observed = Observed.BY_SERVER,
    facts: Mapping[str, FactValue] | None = None,
) -> CustodyEntry:
    """The next entry after `head`. Raises ValueError for a fact that is no text, whole number, yes or no, or null."""
    facts = facts or {}
    if not all(value is None or isinstance(value, str | int) for value in facts.values()):
        raise ValueError("a custody fact is text, a whole number, yes or no, or null")
    unsealed = CustodyEntry(head.chain, head.entries, at, act, actor, observed, head.hash, "", facts)
    return CustodyEntry(
        head.chain,
        head.entries,
        at,
        act,
        actor,
        observed,
        head.hash,
        _sha256(unsealed.content()),
        facts,
    )


def head_after(entry: CustodyEntry) -> ChainHead:
    """The head of the chain that ends with this entry."""
    return ChainHead(entry.chain, entry.number + 1, entry.hash)


def verify(chain: str, entries: Sequence[CustodyEntry], head: ChainHead | None = None) -> Decision:
    """Whether these are all entries of the chain, in order and unchanged.

    `head`: one kept elsewhere; the chain must reach exactly it. Without one a cut-off end goes unseen.
    """
    reached = new_chain(chain)
    for place, entry in enumerate(entries):
        if (entry.chain, entry.number, entry.previous) != (reached.chain, reached.entries, reached.hash):
            return Decision.unless(reason("custody_chain_broken", entry=place))
        if _sha256(entry.content()) != entry.hash:
            return Decision.unless(reason("custody_entry_changed", entry=place))
        reached = head_after(entry)
    if head is not None and head != reached:
        return Decision.unless(reason("custody_not_the_head", entries=reached.entries, expected=head.entries))
    return Decision.unless()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
