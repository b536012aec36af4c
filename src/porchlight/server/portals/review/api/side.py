"""The API that the review desk's operations are added to."""

from __future__ import annotations

from porchlight.core.visibility import Side
from porchlight.server.portals.api.building import SideApi

api = SideApi(
    Side.REVIEW,
    "Porchlight: review desk",
    "For programs that watch the review desk. They read what waits; deciding is for people. Times are in UTC.",
)
