"""The whole log, checked from its first entry as a stranger would: no stored hash is believed."""

from __future__ import annotations

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
    hashes: dict[tree.Place, bytes] = {}
    count = 0
    for body in LogEntry.objects.filter(index__lt=size).order_by("index").values_list("body", flat=True):
        made = tree.grown(hashes, count, tlog.leaf_hash(bytes(body)))
        hashes.update(made)
        count += 1
        if count % _CHUNK == 0:
            hashes = {place: hashes[place] for place in tree.peaks(0, count)}
    if count != size:
        raise LogDamaged(f"{size - count} entries are missing")
    peaks = tree.peaks(0, size)
    stored = tree.read(peaks)
    if (
        any(stored.get(place) != hashes[place] for place in peaks)
        or LogNode.objects.filter(level=0).count() < size
    ):
        raise LogDamaged("the stored tree is not that of the entries")
    return tree.fold(peaks, hashes)
