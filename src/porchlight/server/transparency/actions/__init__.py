"""Writes to the public log."""

from porchlight.server.transparency.actions.record import record
from porchlight.server.transparency.actions.sequence import sequence

__all__ = ["record", "sequence"]
