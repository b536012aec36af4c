"""The API that the agency's operations are added to."""

from __future__ import annotations

from porchlight.core.visibility import Side
from porchlight.server.portals.api.building import SideApi

api = SideApi(
    Side.AGENCY,
    "Porchlight: agency",
    "For an agency's own programs: its requests, its people, and the videos that owners shared with it. Times are in "
    "UTC. Every no says why in one shape; what is absent and what is not yours are the same 404.",
)
