"""The errors the core raises. Each carries codes, never sentences: the edge turns codes into a person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from porchlight.core.reasons import Reason


class PorchlightError(Exception):
    """Any error that Porchlight raises on purpose."""


class Refused(PorchlightError):
    """A rule said no. `reasons` holds every reason, never only the first, and is never empty."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


class NotFound(PorchlightError):
    """Absent, or not for this person: the two are one answer."""


class Conflict(PorchlightError):
    """Someone else changed the same thing first. What they did stands; nothing of this attempt does."""
