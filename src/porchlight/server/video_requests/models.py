"""Video requests: what an agency asks, who signed it, what the review desk decided."""

from django.conf import settings
from django.db import models

from porchlight.server.agencies.models import Agency, OfficerKey
from porchlight.server.foundation import clock, randomness


class VideoRequest(models.Model):
    """One request. From its submission on, only its state changes; a returned one is edited and submitted again.

    `typed` is a draft's form exactly as typed, so that nothing is lost that could not be read yet; it is emptied when
    the request is sent. `version` counts the saves: a second tab that saves an older one is told so.
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="video_requests")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default="draft", db_index=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)
    typed = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)  # reasons why the typed area or times could not be read
    case_number = models.CharField(max_length=40, blank=True)
    offense = models.CharField(max_length=40, blank=True)
    area = models.JSONField(null=True)  # GeoJSON Polygon, as drawn
    area_m2 = models.FloatField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    factual_basis = models.TextField(blank=True)  # for the supervisor and the review desk
    public_summary = models.TextField(blank=True)  # owners and the public read this
    flags = models.JSONField(default=list)  # the requester's own answers: see `access.FLAGS`
    # `urgent` is `danger_to_life` of `flags`, as a column, so that lists can put it first.
    urgent = models.BooleanField(default=False, db_default=False)
    danger_reason = models.TextField(blank=True, default="", db_default="")
    danger_found = models.CharField(max_length=12, blank=True, default="", db_default="")  # in this round
    was_urgent = models.BooleanField(default=False, db_default=False)  # in any round that was sent
    danger_worst = models.CharField(max_length=12, blank=True, default="", db_default="")  # of all rounds
    publish_delay_days = models.PositiveSmallIntegerField(default=0)
    publish_delay_reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    q_recipient = models.CharField(max_length=200, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    supervisor_note = models.TextField(blank=True)  # why it was sent back; the agency alone reads it
    reviewers_needed = models.PositiveSmallIntegerField(default=1)
    reviewer_reasons = models.JSONField(default=list)
    round = models.PositiveSmallIntegerField(default=1)
    decided_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)  # stays when the request ends later
    public_reason = models.TextField(blank=True)
    public_at = models.DateTimeField(
        null=True, db_index=True
    )  # when the public page shows it; null: not decided
    closes_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-changed_at", "id"], name="request_of_agency"),
            models.Index(fields=["state", "-urgent", "signed_at", "id"], name="request_waiting"),
            models.Index(fields=["-public_at", "id"], name="request_public"),
        ]


class Decision(models.Model):
    """One reviewer's answer to one round of a request. Two answers are compared when two are needed."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    request = models.ForeignKey(VideoRequest, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16)  # approve, return, reject
    checklist = models.JSONField(default=dict)
    public_reason = models.TextField()
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "round", "reviewer"], name="one_decision_each")
        ]


class DrawHead(models.Model):
    """One row: the log's next entry that is not looked at yet for a draw. Whoever holds it locked may draw."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    next_index = models.BigIntegerField(default=0)


class SecondLook(models.Model):
    """An approval that the public log drew. `state`: waiting, paused, done (see `core.second_look`).

    `result` is the second look's, `final` what two more reviewers came to where it paused the request.
    """

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    request = models.ForeignKey(VideoRequest, on_delete=models.PROTECT, related_name="second_looks")
    round = models.PositiveSmallIntegerField()
    log_index = models.BigIntegerField(unique=True)
    decided_by = models.JSONField(default=list)
    state = models.CharField(max_length=16, default="waiting", db_index=True)
    drawn_at = models.DateTimeField(default=clock.now, db_index=True)
    due_at = models.DateTimeField()
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(max_length=16, blank=True)
    public_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.JSONField(default=list)  # who gave one of the two answers to a pause
    final = models.CharField(max_length=16, blank=True)


class LookAnswer(models.Model):
    """One of the two answers that a paused request waits for."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    look = models.ForeignKey(SecondLook, on_delete=models.PROTECT, related_name="answers")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=16)
    checklist = models.JSONField(default=dict)
    public_reason = models.TextField()
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["look", "reviewer"], name="one_look_answer_each")]


class KeyWrap(models.Model):
    """The secret half of the request identity Q, wrapped to one officer's key in the requester's browser."""

    request = models.ForeignKey(VideoRequest, on_delete=models.CASCADE, related_name="key_wraps")
    officer_key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="wraps")
    ciphertext = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "officer_key"], name="one_wrap_each")]
