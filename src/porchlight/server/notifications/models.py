"""Mail to owners. A notice tells who was asked: it goes 30 days after its request closed."""

from django.conf import settings
from django.db import models

from porchlight.server.foundation import clock, randomness


class Notice(models.Model):
    """One mail to one member about one request, with its own random moment and Message-ID."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    request_id = models.UUIDField()
    invitation_id = models.UUIDField()
    household_id = models.UUIDField()
    user_id = models.UUIDField()
    message_id = models.CharField(max_length=120)
    send_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request_id", "user_id"], name="one_notice_each")]
        indexes = [
            models.Index(
                fields=["send_at"], condition=models.Q(sent_at=None, given_up_at=None), name="notice_due"
            )
        ]


class MailChoice(models.Model):
    """Which mail a person wants; without a row all of it. It is no opt-out: who gets no mail is asked all the same.

    Mail about sign-in and password, and about who comes and goes in the household, is not chosen: it keeps people safe.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="mail_choice",
        db_constraint=False,
    )
    requests = models.BooleanField(default=True)
    shares = models.BooleanField(default=True)
