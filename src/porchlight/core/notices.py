"""When a notice goes out and what it is called.

Each notice draws alone: neither function takes a number of recipients, a position or another notice, so that nothing
about one notice tells whether there are others.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from porchlight.core.clock import in_utc
from porchlight.core.ids import BytesSource

WINDOW = timedelta(minutes=15)
_MOMENT_BYTES = 8
_ID_BYTES = 16
_MICROSECOND = timedelta(microseconds=1)
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)


def send_moment(source: BytesSource, approved_at: datetime, window: timedelta = WINDOW) -> datetime:
    """A moment drawn evenly from `approved_at` (included) to the end of the window (excluded), in UTC.

    A window of nothing gives `approved_at` itself; a negative one raises ValueError.
    """
    if window < timedelta(0):
        raise ValueError("a window does not end before it begins")
    steps = window // _MICROSECOND
    drawn = int.from_bytes(source(_MOMENT_BYTES), "big")
    # The product's upper half is even to 1 in 2**33 for a window of 15 minutes.
    return in_utc(approved_at) + (drawn * steps >> 8 * _MOMENT_BYTES) * _MICROSECOND


def message_id(source: BytesSource, domain: str) -> str:
    """A Message-ID of 128 random bits at the platform's domain; no time, no process, no counter in it.

    Raises ValueError for a domain that could break out of the header.
    """
    if not _DOMAIN.fullmatch(domain):
        raise ValueError("not a domain name")
    return f"<{source(_ID_BYTES).hex()}@{domain.lower()}>"
