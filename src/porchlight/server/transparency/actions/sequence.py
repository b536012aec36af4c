"""The one sequencer: gives waiting entries their places, in the order they were made, and signs the new tree."""

from __future__ import annotations

from porchlight.core import tlog
from porchlight.server.foundation.actions import action
from porchlight.server.transparency.access import log_key, tree
from porchlight.server.transparency.models import Checkpoint, LogEntry, LogHead, LogNode

BATCH = 500


@action("log.sequence")
def sequence() -> int:
    """Give up to 500 entries their places and sign a checkpoint over them; returns how many.

    The head's row stays locked until the checkpoint stands, so two workers never give places at once. An empty log
    gets a checkpoint too, of size 0.
    """
    head, made = LogHead.objects.select_for_update().get_or_create(pk=1)
    waiting = list(LogEntry.objects.filter(index=None).order_by("id")[:BATCH])
    if not waiting and not made:
        return 0
    frontier = tree.peaks(0, head.size)
    hashes = tree.read(frontier)
    for entry in waiting:
        entry.index = head.size
        for place, value in tree.grown(hashes, head.size, tlog.leaf_hash(bytes(entry.body))):
            hashes[place] = value
        head.size += 1
    new = [place for place in hashes if place not in set(frontier)]
    LogNode.objects.bulk_create(
        [LogNode(level=level, position=position, hash=hashes[level, position]) for level, position in new]
    )
    LogEntry.objects.bulk_update(waiting, ["index"])
    log_key.require_same(head)
    head.save(update_fields=["size", "public_key"])
    root = tree.fold(tree.peaks(0, head.size), hashes)
    Checkpoint.objects.create(size=head.size, note=_signed(head.size, root))
    return len(waiting)


def _signed(size: int, root: bytes) -> str:
    key = log_key.signing_key()
    origin = log_key.origin()
    public = key.public_key().public_bytes_raw()
    return tlog.sign_checkpoint(origin, size, root, public_key=public, sign=key.sign)
