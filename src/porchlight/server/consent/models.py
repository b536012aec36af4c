"""The owner's side of a request: who was asked, what was shared, what was reported. A decline leaves no row."""

from django.db import models

from porchlight.server.foundation import clock, randomness
from porchlight.server.households.models import Household


class AskedRequest(models.Model):
    """A request for which owners were asked. `ended_at`: when it was first seen to be no longer open."""

    request_id = models.UUIDField(primary_key=True)
    ended_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """This household was asked. Removed 30 days after the request closed."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    request_id = models.UUIDField(db_index=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request_id", "household"], name="one_invitation_each")
        ]


class OwnShare(models.Model):
    """What the household shared. The agency's side knows only `share_id`, and not whose it is."""

    share_id = models.UUIDField(primary_key=True)
    request_id = models.UUIDField(db_index=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="shares")
    clip_id = models.UUIDField(null=True)
    # The upload that it came by: an answer that was lost on its way is so asked for again.
    upload_id = models.UUIDField(null=True)
    shared_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)


class Report(models.Model):
    """A household says that a request is improper. The agency sees nothing of it, and no other household does.

    It pauses the request for the household that reports. A pause that others saw would tell an officer who lives in
    the area that somebody was asked and objected (promise P2).
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    request_id = models.UUIDField(db_index=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=32)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    resolved_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request_id", "household"],
                condition=models.Q(resolved_at=None),
                name="one_open_report_each",
            )
        ]
