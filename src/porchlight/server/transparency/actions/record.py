"""How an act gets into the public log: an entry is written in the act's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from porchlight.core.log_entries import EntryKind
from porchlight.core.visibility import Actor
from porchlight.seal import canonical
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action
from porchlight.server.transparency.access.salting import plain, salted
from porchlight.server.transparency.models import LogEntry

VERSION: Final = 1
ENTRY_BYTES_MAX: Final = 65_535
_NONCE_BYTES: Final = 32


@action("log.record")
def record(
    *,
    kind: EntryKind,
    subject_id: UUID | None,
    body: Mapping[str, Any],
    hidden: Mapping[str, Any] | None = None,
    by: Actor | None = None,
) -> None:
    """Add an entry to the log, in the transaction of the act that calls it, and undone with it.

    The subject stands in the entry under the kind's noun, beside the fields of `body`: of
    `record(kind=EntryKind.REQUEST_SUBMITTED, subject_id=id, body={"q": recipient})` an owner's browser reads `request`
    and `q`. `body` is public at once and for ever, so it holds no personal text. `hidden` fields (texts, what a delay or
    a sensitive offense keeps back) show only as SHA-256 over a nonce of 32 bytes and the value's canonical JSON. Keys
    are of `a-z0-9_`; a fraction is written as decimal text, a moment as UTC with milliseconds.

    Raises ValueError for a field of `body` that the frame uses itself and for an entry over 65,535 bytes, SealError
    ("malformed") for what JSON cannot hold.
    """
    del by
    nonces = {name: randomness.token_bytes(_NONCE_BYTES) for name in sorted(hidden or {})}
    frame: dict[str, Any] = {"v": VERSION, "kind": kind.value, "at": clock.now()}
    if subject_id is not None:
        frame[kind.noun] = subject_id
    if nonces:
        frame["hidden"] = {name: salted(nonce, (hidden or {})[name]) for name, nonce in nonces.items()}
    if clash := set(frame) & set(body):
        raise ValueError(f"the log's own fields: {sorted(clash)}")
    data = canonical.encode(plain({**body, **frame}))
    if len(data) > ENTRY_BYTES_MAX:
        raise ValueError(f"a log entry holds at most {ENTRY_BYTES_MAX} bytes, not {len(data)}")
    LogEntry.objects.create(
        kind=kind.value,
        subject_id=subject_id,
        body=data,
        nonces={name: nonce.hex() for name, nonce in nonces.items()},
    )
