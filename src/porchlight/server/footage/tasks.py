"""Background work of this domain: clips and uploads end by themselves."""

from datetime import datetime, timedelta

from porchlight.server.footage import actions
from porchlight.server.foundation.worker import every


@every(timedelta(minutes=10), "footage.expire")
def expire(now: datetime) -> bool:
    """Remove what is past its time."""
    more = actions.expire(now=now)
    actions.finish_key_changes()
    return more
