"""The public log. Entries are written with the act they record and get their place from one sequencer."""

from django.db import models

from porchlight.server.foundation import clock


class LogEntry(models.Model):
    """One entry. `body` is what is hashed: canonical JSON without personal text. `index` is given once, in order."""

    index = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True, db_index=True)
    body = models.BinaryField()
    leaf_hash = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)


class Checkpoint(models.Model):
    """A signed note over the tree of the first `size` entries."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField(default=clock.now)
