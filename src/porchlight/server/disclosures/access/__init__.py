"""Reads of what owners shared."""

from porchlight.server.disclosures.access.custody import Custody, CustodyLine, custody, custody_for_owner
from porchlight.server.disclosures.access.kept import Kept, kept_for_owner
from porchlight.server.disclosures.access.shares import (
    Asked,
    SharedVideo,
    fetch_noted,
    openable_size,
    own_recipients,
    sealed_range,
    share_for,
    shares_of,
)
from porchlight.server.disclosures.access.stored import object_names

__all__ = [
    "Asked",
    "Custody",
    "CustodyLine",
    "Kept",
    "SharedVideo",
    "custody",
    "custody_for_owner",
    "fetch_noted",
    "kept_for_owner",
    "object_names",
    "openable_size",
    "own_recipients",
    "sealed_range",
    "share_for",
    "shares_of",
]
