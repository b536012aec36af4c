"""Writes to what owners shared. An owner's acts reach here as values: no household, no clip, no notice."""

from porchlight.server.disclosures.actions.ending import delete_content, expire, forget_keys, withdraw
from porchlight.server.disclosures.actions.opening import Opening, note_fetch, open_key, report_event
from porchlight.server.disclosures.actions.receiving import receive

__all__ = [
    "Opening",
    "delete_content",
    "expire",
    "forget_keys",
    "note_fetch",
    "open_key",
    "receive",
    "report_event",
    "withdraw",
]
