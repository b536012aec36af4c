"""What an entry of the public log can be about: a closed list, so that every kind has its words where people read it.

A kind is `noun.verb`. Entries are for ever: a kind is never renamed and never taken off the list.
"""

from __future__ import annotations

from enum import StrEnum


class EntryKind(StrEnum):
    """The kinds of entries; the noun names the field of the entry in which its subject stands."""

    REQUEST_SUBMITTED = "request.submitted"
    REQUEST_DECIDED = "request.decided"
    REQUEST_SECOND_LOOK = "request.second_look"
    REQUEST_RECONSIDERED = "request.reconsidered"
    REQUEST_WITHDRAWN = "request.withdrawn"
    REQUEST_CLOSED = "request.closed"
    AGENCY_JOINED = "agency.joined"
    AGENCY_CHANGED = "agency.changed"
    AGENCY_SUSPENDED = "agency.suspended"
    AGENCY_LEFT = "agency.left"

    @property
    def noun(self) -> str:
        """What the entry is about: request or agency."""
        return self.value.partition(".")[0]
