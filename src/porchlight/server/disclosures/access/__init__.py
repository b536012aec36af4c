"""Reads of what owners shared."""

from porchlight.server.disclosures.access.custody import Custody, CustodyLine, custody, custody_for_owner
from porchlight.server.disclosures.access.shares import (
    Asked,
    SharedVideo,
    sealed_range,
    share_for,
    shares_of,
)

__all__ = [
    "Asked",
    "Custody",
    "CustodyLine",
    "SharedVideo",
    "custody",
    "custody_for_owner",
    "sealed_range",
    "share_for",
    "shares_of",
]
