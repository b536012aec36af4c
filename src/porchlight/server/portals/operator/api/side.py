"""The API that the operator console's operations are added to."""

from __future__ import annotations

from porchlight.core.visibility import Side
from porchlight.server.portals.api.building import SideApi

api = SideApi(
    Side.OPERATOR,
    "Porchlight: operator",
    "For an operator's programs. They read agencies and people; who may work here is changed by people. Times are in UTC.",
)
