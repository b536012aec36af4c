"""The rota of the review desk, and who was paged. Nothing here says anything of an owner, and no agency sees it."""

from django.conf import settings
from django.db import models

from porchlight.server.foundation import clock, randomness
from porchlight.server.video_requests.models import VideoRequest


class Shift(models.Model):
    """One reviewer is on call from `starts_at` to `ends_at`."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)


class Reach(models.Model):
    """A reviewer's webhook. `said`: why the last call was not taken, a reason's code; empty while all is well."""

    reviewer = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
    )
    url = models.CharField(max_length=400)
    secret = models.CharField(max_length=64)
    said = models.CharField(max_length=40, blank=True)
    last_at = models.DateTimeField(null=True)


class Alarm(models.Model):
    """One urgent request in one round. `step`: the last step of the ladder that was taken; -1 before the first."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    # A request that was signed is never deleted. A draft is, by its agency, which must not even look in here.
    request = models.ForeignKey(
        VideoRequest, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    round = models.PositiveSmallIntegerField()
    step = models.SmallIntegerField(default=-1)
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "round"], name="one_alarm_each_round")]


class Page(models.Model):
    """One reviewer was paged, or took it without being paged. `handed_on_at`: they have ties, or cannot."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="pages")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    paged_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    handed_on_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alarm", "reviewer"], name="one_page_each")]
