"""The API that the residents' operations are added to."""

from __future__ import annotations

from porchlight.core.visibility import Side
from porchlight.server.portals.api.building import SideApi

api = SideApi(
    Side.RESIDENT,
    "Porchlight: residents and the public record",
    "For a household's own programs, and for anyone who reads the public record. Videos come and go sealed: a program "
    "that opens or seals them holds the household's key itself. Times are in UTC. Every no says why in one shape.",
)
