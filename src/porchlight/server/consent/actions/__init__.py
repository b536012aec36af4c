"""Every write of the owners' side of a request."""

from porchlight.server.consent.access import purpose_of
from porchlight.server.consent.actions.answering import (
    MOST_DAYS,
    SealedVideo,
    opt_out_by_link,
    report,
    resolve_report,
    share,
    withdraw,
)
from porchlight.server.consent.actions.asking import ask, forget, note_end

__all__ = [
    "MOST_DAYS",
    "SealedVideo",
    "ask",
    "forget",
    "note_end",
    "opt_out_by_link",
    "purpose_of",
    "report",
    "resolve_report",
    "share",
    "withdraw",
]
