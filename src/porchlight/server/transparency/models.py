"""The public log. Entries are written with the act they record and get their place from one sequencer.

Invariants: an index is given once, in order and without gaps; an entry never changes; a node stands for a full
subtree and never changes.
"""

from django.db import models

from porchlight.server.foundation import clock


class LogEntry(models.Model):
    """One entry. `body` is what is hashed: canonical JSON in which each hidden field is only a salted hash."""

    index = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True, db_index=True)
    body = models.BinaryField()
    # Field name -> nonce in hexadecimal. Never leaves the server before the field itself is public.
    nonces = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(index=None), name="log_waiting")]


class LogNode(models.Model):
    """The hash of a full subtree of 2^level entries; level 0 are the entries themselves."""

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="one_log_node_each")]


class LogHead(models.Model):
    """One row: how many entries have their place. Whoever holds it locked may give places."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    # The public half, in hexadecimal, of the key that signs: another machine with another `log.key` must not.
    public_key = models.CharField(max_length=64, default="", db_default="")


class Checkpoint(models.Model):
    """A signed note over the tree of the first `size` entries."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField(default=clock.now)
