"""States and territories by postal code, each with the time zone that most of its people live in."""

from __future__ import annotations

from types import MappingProxyType

_BY_ZONE = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
    "UTC": "ZZ",  # no state: for rehearsals and the demo, whose agencies do not exist
}

STATES = MappingProxyType({state: zone for zone, states in _BY_ZONE.items() for state in states.split()})
