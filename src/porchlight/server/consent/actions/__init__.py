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
from porchlight.server.consent.actions.leaving import delete_account, delete_household, move_house

__all__ = [
    "MOST_DAYS",
    "SealedVideo",
    "ask",
    "delete_account",
    "delete_household",
    "forget",
    "move_house",
    "note_end",
    "opt_out_by_link",
    "purpose_of",
    "report",
    "resolve_report",
    "share",
    "withdraw",
]
