"""Background work of this domain: clips and uploads end by themselves."""

from datetime import datetime, timedelta

from porchlight.server.footage import actions
from porchlight.server.footage.access.limits import UPLOAD_GOOD_FOR
from porchlight.server.foundation.objects import object_store
from porchlight.server.foundation.worker import every


@every(timedelta(minutes=10), "footage.expire")
def expire(now: datetime) -> bool:
    """Remove what is past its time."""
    more = actions.expire(now=now)
    actions.finish_key_changes()
    return more


@every(timedelta(days=1), "footage.clear_unfinished")
def clear_unfinished(now: datetime) -> bool:
    """Free what a process left in the bucket that died between two requests; no upload is open that long."""
    object_store().clear_unfinished(now - UPLOAD_GOOD_FOR - timedelta(days=1))
    return False
