"""How an act gets into the public log: an entry is written in the act's own transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from porchlight.seal import canonical
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import OutsideAction, running_action
from porchlight.server.transparency.models import LogEntry

VERSION = 1
ENTRY_BYTES_MAX = 65_535
_NONCE_BYTES = 32


def record(
    kind: str, subject_id: UUID | None, body: Mapping[str, Any], *, hidden: Mapping[str, Any] | None = None
) -> None:
    """Add an entry to the log; called inside an action, and undone with it.

    `body` is public at once and for ever, so it holds no personal text; `hidden` fields (texts, what a delay or a
    sensitive offense keeps back) are only shown as SHA-256 over a nonce of 32 bytes and the value. Keys are of
    `a-z0-9_`; a float is written as its shortest decimal text, a moment as UTC with milliseconds.

    Raises ValueError when the entry would be over 65,535 bytes, SealError("malformed") for values JSON cannot hold.
    """
    if running_action() is None:
        raise OutsideAction("record() is called inside an @action")
    kept = {name: randomness.token_bytes(_NONCE_BYTES) for name in sorted(hidden or {})}
    entry = {
        "v": VERSION,
        "kind": kind,
        "at": clock.now(),
        "subject": subject_id,
        "body": body,
        "hidden": {name: salted(nonce, (hidden or {})[name]) for name, nonce in kept.items()},
    }
    data = canonical.encode(plain(entry))
    if len(data) > ENTRY_BYTES_MAX:
        raise ValueError(f"a log entry holds at most {ENTRY_BYTES_MAX} bytes, not {len(data)}")
    nonces = {name: nonce.hex() for name, nonce in kept.items()}
    LogEntry.objects.create(kind=kind, subject_id=subject_id, body=data, nonces=nonces)


def salted(nonce: bytes, value: Any) -> str:
    """SHA-256 over the nonce and the canonical JSON of the value, in hexadecimal."""
    return hashlib.sha256(nonce + canonical.encode(plain(value))).hexdigest()


def plain(value: Any) -> Any:
    """The value in the terms of canonical JSON, which knows no fractions and no types beyond JSON's."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return canonical.time_text(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, UUID | date):
        return str(value)
    return str(value) if isinstance(value, str) else value
