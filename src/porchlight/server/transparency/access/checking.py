"""The whole log, checked from its first entry as a stranger would: no stored hash is believed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from porchlight.core import tlog
from porchlight.server.transparency.access import log_key, tree
from porchlight.server.transparency.access.reading import latest_checkpoint
from porchlight.server.transparency.models import LogEntry, LogHead, LogNode

_CHUNK = 1000


class LogDamaged(Exception):
    """The log is not what was signed; the message says where."""


def check() -> int:
    """How many entries the newest checkpoint covers. Raises LogDamaged."""
    latest = latest_checkpoint()
    if latest is None:
        return 0
    try:
        key = log_key.signing_key()
    except log_key.LogKeyMissing as error:
        raise LogDamaged(str(error)) from error
    public = key.public_key().public_bytes_raw()

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    name = log_key.origin()
    try:
        note = tlog.open_note(latest.note, {tlog.verifier_key(name, public): verify})
        signed = tlog.parse_checkpoint(note.text)
    except tlog.MalformedNote as error:
        raise LogDamaged(
            f"the newest checkpoint is not signed by this installation's key: {error}"
        ) from error
    _check_head(latest.size)
    if signed.origin != name or signed.size != latest.size or signed.root != _root_of_entries(latest.size):
        raise LogDamaged(
            f"the entries are not those that the checkpoint of size {latest.size} was signed over"
        )
    return latest.size


def _check_head(size: int) -> None:
    head = LogHead.objects.filter(pk=1).first()
    if head is None or head.size < size:
        raise LogDamaged("the newest checkpoint covers entries that never had a place")


def _root_of_entries(size: int) -> bytes:
    """The root over the entries' own bytes. Raises LogDamaged where a stored hash says otherwise."""
    bodies = LogEntry.objects.filter(index__lt=size).order_by("index").values_list("body", flat=True)
    leaves = (tlog.leaf_hash(bytes(body)) for body in bodies.iterator(_CHUNK))
    _compare(leaves, level=0, size=size)
    for level in range(1, size.bit_length()):
        below = _stored(level - 1, size)
        _compare(
            (tlog.node_hash(left, right) for left, right in zip(below, below, strict=False)), level, size
        )
    peaks = tree.peaks(0, size)
    return tree.fold(peaks, tree.read(peaks))


def _compare(right: Iterator[bytes], level: int, size: int) -> None:
    """Each stored hash of a level against what it should be; both are read as they come."""
    for position, (expected, stored) in enumerate(zip_longest(right, _stored(level, size))):
        # Where the level below has an odd number, its last hash has no pair and is not asked for.
        if expected != stored:
            raise LogDamaged(f"the stored tree is not that of the entries, from {position << level} on")


def _stored(level: int, size: int) -> Iterator[bytes]:
    rows = LogNode.objects.filter(level=level, position__lt=size >> level).order_by("position")
    return (bytes(value) for value in rows.values_list("hash", flat=True).iterator(_CHUNK))
