"""Reads of what owners shared."""

from porchlight.server.disclosures.access.custody import Custody, CustodyLine, custody, custody_for_owner
from porchlight.server.disclosures.access.shares import (
    Asked,
    SharedVideo,
    fetch_noted,
    openable_size,
    own_recipients,
    sealed_range,
    share_for,
    shares_of,
    shares_page,
)

__all__ = [
    "Asked",
    "Custody",
    "CustodyLine",
    "SharedVideo",
    "custody",
    "custody_for_owner",
    "fetch_noted",
    "openable_size",
    "own_recipients",
    "sealed_range",
    "share_for",
    "shares_of",
    "shares_page",
]
