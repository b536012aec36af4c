"""Every read of the rota and of who was paged: for reviewers, and the rota for operators."""

from porchlight.server.on_call.access.alarms import Awaited, awaited, is_over, ways_of
from porchlight.server.on_call.access.duty import Duty, duty_of
from porchlight.server.on_call.access.rota import (
    AHEAD,
    OwnReach,
    Rota,
    ShiftRow,
    own_reach,
    rota,
    shifts_from,
    state_of,
)

__all__ = [
    "AHEAD",
    "Awaited",
    "Duty",
    "OwnReach",
    "Rota",
    "ShiftRow",
    "awaited",
    "duty_of",
    "is_over",
    "own_reach",
    "rota",
    "shifts_from",
    "state_of",
    "ways_of",
]
