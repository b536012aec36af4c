"""The request identity Q as it arrives from the requester's browser: its public half, its secret only wrapped.

The server cannot open a wrap; it sees to it that there is one for everybody who must have one, and for nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.seal.errors import SealError
from porchlight.seal.keys import read_recipient
from porchlight.seal.payload import NONCE, TAG, split_header
from porchlight.server.agencies.access import current_key, key_recipients_for_request
from porchlight.server.video_requests.models import KeyWrap, VideoRequest

LEAST_PLAIN = len("AGE-SECRET-KEY-1") + 58
"""The text of an X25519 identity; a line end and padding may follow."""
MOST_BYTES = 2048
_STANZA = re.compile(rb"^-> (\S+)", re.MULTILINE)
_GREASE = b"-grease"


@dataclass(frozen=True)
class Wrap:
    """Q's secret for one officer's key: a binary age file with one X25519 recipient."""

    key_id: UUID
    ciphertext: bytes


def check_key(q_recipient: str) -> str:
    """The public half of Q. Raises Refused("key_malformed")."""
    try:
        return read_recipient(q_recipient)
    except SealError as error:
        raise Refused((reason("key_malformed"),)) from error


def check_wraps(by: Actor, wraps: Sequence[Wrap]) -> None:
    """Raises Refused unless there is exactly one whole wrap for each key that must have one."""
    if current_key(by) is None:
        raise Refused((reason("requester_key_missing"),))
    wanted = _wanted(by)
    given = [str(each.key_id) for each in wraps]
    if len(given) != len(set(given)) or set(given) != wanted or not wanted:
        raise Refused((reason("key_wraps_changed"),))
    if not all(is_plausible(each.ciphertext) for each in wraps):
        raise Refused((reason("key_wrap_malformed"),))


def is_plausible(ciphertext: bytes) -> bool:
    """Whether these bytes can be an age file that holds an identity for one X25519 recipient.

    Stanzas whose type ends in "-grease" are decoys that some writers add, and count for nothing.
    """
    if len(ciphertext) > MOST_BYTES:
        return False
    try:
        head = split_header(ciphertext)
    except SealError:
        return False
    if head is None or len(head.nonce) != NONCE:
        return False
    kinds = [kind for kind in _STANZA.findall(head.header) if not kind.endswith(_GREASE)]
    return kinds == [b"X25519"] and len(ciphertext) - head.payload_start >= LEAST_PLAIN + TAG


def store_wraps(request: VideoRequest, wraps: Sequence[Wrap]) -> None:
    """Put these in the place of all earlier ones."""
    KeyWrap.objects.filter(request=request).delete()
    KeyWrap.objects.bulk_create(
        [
            KeyWrap(request=request, officer_key_id=wrap.key_id, ciphertext=wrap.ciphertext)
            for wrap in sorted(wraps, key=lambda each: str(each.key_id))
        ]
    )


def has_wraps_for(request: VideoRequest, by: Actor) -> bool:
    """Whether the wraps that are kept are still for everybody who must have one."""
    wanted = _wanted(by)
    kept = {str(key_id) for key_id in request.key_wraps.values_list("officer_key_id", flat=True)}
    return bool(wanted) and kept == wanted


def _wanted(by: Actor) -> set[str]:
    return {str(each.key_id) for each in key_recipients_for_request(by)}
