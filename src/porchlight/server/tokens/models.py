"""Tokens with which programs act for a person, or for an agency's evidence system."""

from django.conf import settings
from django.db import models

from porchlight.server.foundation import clock, randomness


class Token(models.Model):
    """A token. The secret itself was shown once; what is kept is its SHA-256.

    Invariant: it works only while its account is active, unlocked and has the password it had (`password_print`), so
    that whatever ends a person's sessions ends their tokens too, without anybody having to remember them.
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    made_by = models.UUIDField()  # the account's own id, or the administrator's who made it for a system
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    password_print = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(
        null=True
    )  # the day and no more: when somebody works is nobody's business
    revoked_at = models.DateTimeField(null=True)
