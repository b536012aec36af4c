"""What a token may be for, by side. A scope opens operations; what is seen there is decided as for the person."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from porchlight.core.visibility import Side


class Scope(StrEnum):
    """One thing a token may do. What no scope names, no token does."""

    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    SHARES_READ = "shares:read"
    SHARES_OPEN = "shares:open"
    SHARES_WRITE = "shares:write"
    TEAM_READ = "team:read"
    HOUSEHOLD_READ = "household:read"
    HOUSEHOLD_WRITE = "household:write"
    CLIPS_READ = "clips:read"
    CLIPS_WRITE = "clips:write"
    QUEUE_READ = "queue:read"
    AGENCIES_READ = "agencies:read"


OFFERED: Final[dict[Side, tuple[Scope, ...]]] = {
    Side.RESIDENT: (
        Scope.REQUESTS_READ,
        Scope.SHARES_READ,
        Scope.SHARES_WRITE,
        Scope.HOUSEHOLD_READ,
        Scope.HOUSEHOLD_WRITE,
        Scope.CLIPS_READ,
        Scope.CLIPS_WRITE,
    ),
    Side.AGENCY: (Scope.REQUESTS_READ, Scope.REQUESTS_WRITE, Scope.SHARES_READ, Scope.TEAM_READ),
    Side.REVIEW: (Scope.QUEUE_READ,),
    Side.OPERATOR: (Scope.AGENCIES_READ,),
}
"""What a person can give a token on their side."""

OF_A_SYSTEM: Final = (Scope.SHARES_READ, Scope.SHARES_OPEN)
"""What an evidence system's token is for. Keys are handed to a system by token, never to a person's program: custody
would name a person who was not there."""

LONGEST: Final = {
    Side.RESIDENT: timedelta(days=365),
    Side.AGENCY: timedelta(days=365),
    Side.REVIEW: timedelta(days=90),
    Side.OPERATOR: timedelta(days=90),
}
USUAL: Final = timedelta(days=90)
