"""Agencies and their people."""

from django.conf import settings
from django.db import models

from porchlight.server.foundation import clock, randomness


class Agency(models.Model):
    """A police agency that takes part. Everything but `members` is public."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    ori = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2)
    county_fips = models.CharField(max_length=5, blank=True)
    population = models.PositiveIntegerField(null=True)
    mail_domain = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    case_template = models.CharField(max_length=40, blank=True)
    jurisdiction = models.JSONField(null=True)  # GeoJSON Polygon or MultiPolygon
    timezone = models.CharField(max_length=64, default="UTC")
    status = models.CharField(max_length=16, default="active")
    joined_on = models.DateField()


class Officer(models.Model):
    """A member of an agency. A supervisor signs others' requests; a custodian's key opens every request.

    A system (`is_system`) is no person but the agency's evidence system: a custodian that never signs in, holds its own
    key, and acts with a token. It counts as nobody where the rules count people.
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="officer")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    title = models.CharField(max_length=60, blank=True)
    is_supervisor = models.BooleanField(default=False)
    is_custodian = models.BooleanField(default=False)
    is_admin = models.BooleanField(default=False)
    is_system = models.BooleanField(default=False, db_default=False)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """An invitation to join an agency. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=60, blank=True)
    is_supervisor = models.BooleanField(default=False)
    is_custodian = models.BooleanField(default=False)
    is_admin = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class OfficerKey(models.Model):
    """An officer's identity: public half, and the secret half wrapped by the officer's passphrase in the browser."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="keys")
    recipient = models.CharField(max_length=200)
    wrapped_by_passphrase = models.TextField()
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)
