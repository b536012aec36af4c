"""Where people live and what their cameras see. Only the household itself reads these rows."""

from django.conf import settings
from django.db import models

from porchlight.server.foundation import clock, randomness


class Household(models.Model):
    """A home. Two households may claim one place: neither learns of the other."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    created_at = models.DateTimeField(default=clock.now)
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    timezone = models.CharField(max_length=64, default="UTC")
    # Only households at verified places are asked.
    place_verified_at = models.DateTimeField(null=True)


class PlaceCode(models.Model):
    """A code sent by letter to the claimed address. Only its hash is kept."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="place_code")
    code_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    printed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)


class Membership(models.Model):
    """A person of a household. A person belongs to at most one.

    Everybody sees and decides the same. A holder also invites and removes: who made the household is one, and names
    others.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    # No constraint across the agency's wall: SQLite would look through it for every account that is added.
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership", db_constraint=False
    )
    joined_at = models.DateTimeField(default=clock.now)
    role = models.CharField(
        max_length=16,
        choices=[("holder", "holder"), ("member", "member")],
        default="holder",
        db_default="holder",
    )


class MemberInvitation(models.Model):
    """Somebody is invited into a household; the link goes by mail. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="member_invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False
    )
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()


class Camera(models.Model):
    """A camera the household says it has. `cell` (H3, resolution 9) narrows the search; the place decides."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="cameras")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=[("doorbell", "doorbell"), ("outdoor", "outdoor")])
    latitude = models.FloatField()
    longitude = models.FloatField()
    direction_deg = models.PositiveSmallIntegerField(null=True)
    sees = models.CharField(max_length=120, blank=True)
    cell = models.CharField(max_length=16, db_index=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        # All that the search for an area's cameras reads stands in the index.
        indexes = [models.Index(fields=["cell", "latitude", "longitude", "household"], name="camera_in_cell")]


class OptOut(models.Model):
    """What a household does not want to be asked. It stands until undone.

    A random id, for the page names it: a serial one would count everybody's opt-outs.
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="opt_outs")
    scope = models.CharField(
        max_length=16, choices=[("all", "all"), ("agency", "agency"), ("offense", "offense")]
    )
    # The agency's id or the offense type's code; empty for "all". No foreign key: owners' and agencies' data are apart.
    value = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "scope", "value"], name="one_opt_out_each")
        ]
