"""How late notices are. How many there are would say how many were asked, and is told to nobody."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from porchlight.server.notifications.models import Notice


def oldest_overdue(now: datetime) -> datetime | None:
    """When the notice that waits longest should have gone out; None where none waits."""
    due = Notice.objects.filter(sent_at=None, given_up_at=None, send_at__lt=now)
    found: datetime | None = due.aggregate(at=Min("send_at"))["at"]
    return found
