"""An officer opens a share. What the server sees and what the officer's browser says are told apart for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from porchlight.core.custody import Observed
from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.disclosures.access.shares import fetch_noted, openable, row_for
from porchlight.server.disclosures.actions.chain import note
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit, emit
from porchlight.server.foundation.ratelimit import spend
from porchlight.server.video_requests.models import KeyWrap

CLIENT_EVENTS: Final = frozenset({"opened", "played", "downloaded", "verified", "mismatch"})
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Wrap:
    """The request's key, wrapped to one of the officer's own keys."""

    recipient: str
    ciphertext: bytes


@dataclass(frozen=True)
class Opening:
    """What an officer's browser needs to open one clip. Only the officer's own secret opens a wrap."""

    envelope: bytes
    wraps: tuple[Wrap, ...]
    q_recipient: str
    request_id: UUID
    head: bytes
    sealed_size: int
    sealed_sha256: str


@action("share.open")
def open_key(*, share_id: UUID, by: Actor) -> Opening:
    """Hand out the share's envelope with the officer's own wraps of the request's key, and record that.

    Raises NotFound for a share the officer may not read; Refused(`share_ended`, `no_key_for_request` or what the
    table says) where there is nothing to open.
    """
    share = _locked(by, share_id)
    openable(by, share, clock.now()).require()
    wraps = KeyWrap.objects.filter(request_id=share.request_id, officer_key__officer__user_id=str(by.user_id))
    own = tuple(
        Wrap(wrap.officer_key.recipient, bytes(wrap.ciphertext))
        for wrap in wraps.select_related("officer_key").order_by("-officer_key__created_at", "officer_key_id")
    )
    if not own:
        raise Refused((reason("no_key_for_request"),))
    if share.key_first_fetched_at is None:
        share.key_first_fetched_at = clock.now()
        share.save(update_fields=["key_first_fetched_at"])
        emit("owner_share.opened", share_id=share.pk)
    note(share=share, event="key_opened", by=by)
    audit(f"share:{share.pk}")
    return Opening(
        envelope=bytes(share.envelope),
        wraps=own,
        q_recipient=share.request.q_recipient,
        request_id=share.request_id,
        head=bytes(share.head),
        sealed_size=share.sealed_size,
        sealed_sha256=share.sealed_sha256,
    )


@action("share.fetch")
def note_fetch(*, share_id: UUID, by: Actor) -> None:
    """Record that the ciphertext was fetched: once after each time the key was handed out, not once a range."""
    share = _locked(by, share_id)
    openable(by, share, clock.now()).require()
    if not fetch_noted(by, share_id):
        note(share=share, event="ciphertext_fetched", by=by)


@action("share.report_event")
def report_event(*, share_id: UUID, event: str, facts: Mapping[str, Any] | None = None, by: Actor) -> None:
    """Record what the officer's browser says: opened, played, downloaded, verified or mismatch.

    Of `facts` only `sha256` is kept. Raises Refused(`event_unknown`, `share_ended`, `too_often`), NotFound.
    """
    share = _locked(by, share_id)
    openable(by, share, clock.now()).require()
    said = (facts or {}).get("sha256")
    if event not in CLIENT_EVENTS or not (
        said is None or (isinstance(said, str) and _SHA256.fullmatch(said))
    ):
        raise Refused((reason("event_unknown"),))
    spend("share.report_event", str(by.user_id), limit=240, window=timedelta(hours=1))
    note(
        share=share,
        event=event,
        observed=Observed.REPORTED,
        by=by,
        facts={} if said is None else {"sha256": said},
    )


def _locked(by: Actor, share_id: UUID) -> Share:
    row_for(by, share_id)
    return Share.objects.select_for_update(of=("self",)).select_related("request__agency").get(pk=share_id)
