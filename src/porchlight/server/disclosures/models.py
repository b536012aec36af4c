"""What owners shared, on the agency's side. No row here points at a household, a clip or a notice."""

from django.db import models

from porchlight.server.foundation import clock, randomness
from porchlight.server.video_requests.models import VideoRequest


class Share(models.Model):
    """One shared clip: the agency's own copy of the ciphertext, and an envelope that only Q opens."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    request = models.ForeignKey(VideoRequest, on_delete=models.PROTECT, related_name="shares")
    state = models.CharField(max_length=16, default="active")
    object_name = models.CharField(max_length=32)  # empty once it is deleted
    head = models.BinaryField()
    sealed_size = models.BigIntegerField()
    sealed_sha256 = models.CharField(max_length=64)
    envelope = (
        models.BinaryField()
    )  # age to Q: clip secret, manifest, receipt, what the owner ticked; padded; empty once the share ended
    purpose = models.CharField(max_length=120)
    shared_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    key_first_fetched_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], condition=models.Q(state="active"), name="share_due")]


class CustodyEntry(models.Model):
    """One event in the life of a share, linked to the one before by its hash (`core.custody`)."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="custody")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=32)
    observed = models.CharField(max_length=8)  # server, reported (by the officer's browser)
    actor = models.CharField(max_length=40)  # an account's id, or owner, platform
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "sequence"], name="one_custody_place_each")]
