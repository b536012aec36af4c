"""How often one actor may do one thing. Counted per actor, never per recipient or place."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from porchlight.core.errors import Refused
from porchlight.core.reasons import Reason
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import RateBucket


def spend(what: str, actor: str, *, limit: int, window: timedelta) -> None:
    """Count one use; raises Refused("too_often", minutes to wait) when the window's `limit` is used up."""
    now = clock.now()
    key = f"{what}:{actor}"[:160]
    with housekeeping("ratelimit.spend"), transaction.atomic():
        bucket, _ = RateBucket.objects.select_for_update().get_or_create(
            key=key, defaults={"window_start": now}
        )
        if now - bucket.window_start >= window:
            bucket.window_start, bucket.count = now, 0
        if bucket.count >= limit:
            left = bucket.window_start + window - now
            raise Refused((Reason("too_often", {"minutes": int(left.total_seconds() // 60) + 1}),))
        bucket.count += 1
        bucket.save()
