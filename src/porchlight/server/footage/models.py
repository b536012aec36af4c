"""What the server holds of a household's video: ciphertext, and keys wrapped so that it cannot open them."""

from django.conf import settings
from django.db import models

from porchlight.server.foundation import clock, randomness
from porchlight.server.households.models import Household


class HouseholdKey(models.Model):
    """The household identity H: public half, and the secret half wrapped by passphrase and to the recovery identity R."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="keys")
    recipient = models.CharField(max_length=200)
    recovery_recipient = models.CharField(max_length=200)
    wrapped_by_passphrase = models.TextField()
    wrapped_by_recovery = models.TextField()
    # The household's own word, under its secret, that the recovery recipient is the one it made: no other can be put in.
    recovery_vouch = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)
    # The key before this one, sealed to this one and its recovery key, as long as grants of it are to be moved.
    wrapped_previous = models.TextField(blank=True, default="", db_default="")
    # Somebody who could open it has gone: it is to be changed.
    change_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(retired_at=None), name="one_household_key_each"
            )
        ]


class KeyDoor(models.Model):
    """One person's own way to the household's key: six words, or a passkey. See `actions.keys.Door`."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="key_doors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="key_doors", db_constraint=False
    )
    kind = models.CharField(max_length=16, choices=[("words", "words"), ("passkey", "passkey")])
    recipient = models.CharField(max_length=200)
    locked = models.TextField()
    # Whose it is, in the words that were vouched for: the person's mail address when it was made.
    holder = models.CharField(max_length=254)
    sealed_key = models.TextField(blank=True, default="")
    vouch = models.CharField(max_length=64, blank=True, default="")
    label = models.CharField(max_length=60, blank=True, default="")
    credential = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)


class Clip(models.Model):
    """One sealed clip. No camera, time or trigger: the table would be a diary of who is home when."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="clips")
    object_name = models.CharField(max_length=32)
    sealed_size = models.BigIntegerField()
    sealed_sha256 = models.CharField(max_length=64)
    head = models.BinaryField()  # age header and nonce, so that playing needs no round trip for them
    grant = models.BinaryField()  # age to H and R: the clip's secret and its manifest
    # Which H. Null: from before this was noted, and so the first.
    key = models.ForeignKey(HouseholdKey, null=True, on_delete=models.RESTRICT, related_name="clips")
    uploaded_on = models.DateField()
    expires_on = models.DateField()


class Upload(models.Model):
    """A resumable upload of sealed bytes (tus 1.0). It becomes a clip or a share, or is removed when it expires.

    Where it stands is the object's size; no column repeats it.
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_constraint=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE)
    request_id = models.UUIDField(null=True)
    object_name = models.CharField(max_length=32)
    length = models.BigIntegerField()
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
