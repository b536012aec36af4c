"""Background work of this domain: the sequencer."""

from datetime import datetime, timedelta

from porchlight.server.foundation.worker import every
from porchlight.server.transparency.actions import sequence
from porchlight.server.transparency.actions.sequence import BATCH
from porchlight.server.transparency.models import LogEntry, LogHead


@every(timedelta(seconds=1), "log.sequence")
def give_places(_now: datetime) -> bool:
    """Look first, so that an idle log takes no lock."""
    if LogEntry.objects.filter(index=None).exists() or not LogHead.objects.exists():
        return sequence() == BATCH
    return False
