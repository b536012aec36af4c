"""Tables every domain uses: who did what, what is still to be done, how often somebody tried."""

from django.db import models

from porchlight.server.foundation import clock, randomness


class AuditEntry(models.Model):
    """One act, and who did it. Kept at least a year for staff and agencies; never holds what an owner did not do."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    at = models.DateTimeField(default=clock.now, db_index=True)
    action = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    actor_side = models.CharField(max_length=16)
    agency_id = models.UUIDField(null=True, db_index=True)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)


class OutboxEvent(models.Model):
    """Work to do after a commit. The row is the truth: it is done when `done_at` is set, however often it was tried.

    Invariant: a handler may be run twice for one event and must not do its work twice.
    """

    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    available_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["available_at"], condition=models.Q(done_at=None), name="outbox_due"),
        ]


class RateBucket(models.Model):
    """How often one actor did one thing in one window of time."""

    key = models.CharField(max_length=160, primary_key=True)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
