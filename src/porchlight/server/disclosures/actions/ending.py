"""A share ends: taken back by its owner, or run out. Access ends in the act; the copy is deleted right after it.

Invariant: whoever reads the row after the commit finds no envelope, so nothing that is left can open the clip.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import FINAL_STATES, RequestState, ShareEvent, ShareState, next_share_state
from porchlight.core.visibility import Actor
from porchlight.server.disclosures.actions.chain import OWNER, PLATFORM, note
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit, emit
from porchlight.server.foundation.objects import object_store
from porchlight.server.video_requests.models import KeyWrap

BATCH = 500


@action("share.withdraw")
def withdraw(*, share_id: UUID, by: Actor | None = None) -> Share:
    """The owner takes the share back: nobody can open it any more, and the platform's copy goes.

    The caller has checked that it is the owner. A share that has ended already stays as it is. Raises NotFound.
    """
    del by
    share = _locked(share_id)
    if share.state == ShareState.ACTIVE:
        share.withdrawn_at = clock.now()
        _end(share, ShareEvent.WITHDRAW, "withdrawn")
    return share


@action("share.expire")
def expire(*, now: datetime, by: Actor | None = None) -> int:
    """End up to 500 shares whose time has run out by `now`, or whose request's approval was taken back; returns how many."""
    del by
    revoked = Q(request__state=str(RequestState.REJECTED))
    due = Share.objects.filter(Q(expires_at__lte=now) | revoked, state=ShareState.ACTIVE)
    shares = list(
        due.select_for_update(of=("self",)).select_related("request").order_by("expires_at", "id")[:BATCH]
    )
    for share in shares:
        over = share.request.state == RequestState.REJECTED
        _end(share, *((ShareEvent.CLOSE_CASE, "revoked") if over else (ShareEvent.EXPIRE, "expired")))
        emit("owner_share.ended", share_id=share.pk)
    return len(shares)


@action("share.delete")
def delete_content(*, share_id: UUID, by: Actor | None = None) -> None:
    """Delete the ciphertext of a share that has ended. May be called again: what is gone stays gone."""
    del by
    share = _locked(share_id)
    if share.state == ShareState.DELETED:
        return
    share.state = next_share_state(ShareState(share.state), ShareEvent.DELETE)
    object_store().delete(share.object_name)
    share.object_name, share.head = "", b""
    share.deleted_at = clock.now()
    share.save(update_fields=["state", "object_name", "head", "deleted_at"])
    note(share=share, event="deleted")


@action("share.forget_keys")
def forget_keys(*, by: Actor | None = None) -> int:
    """Destroy the wraps of a request's key once it asks nobody any more and its last share has ended."""
    del by
    ended = KeyWrap.objects.filter(request__state__in=[str(state) for state in FINAL_STATES])
    ended = ended.exclude(request__shares__state=str(ShareState.ACTIVE))
    request_ids = list(ended.values_list("request_id", flat=True).distinct()[:BATCH])
    for request_id in request_ids:
        audit(f"video_request:{request_id}")
    KeyWrap.objects.filter(request_id__in=request_ids).delete()
    return len(request_ids)


def _end(share: Share, event: ShareEvent, said: str) -> None:
    share.state = next_share_state(ShareState(share.state), event)
    share.envelope = b""
    share.save(update_fields=["state", "envelope", "withdrawn_at"])
    facts = {"key_was_opened": share.key_first_fetched_at is not None}
    note(share=share, event=said, role=OWNER if event is ShareEvent.WITHDRAW else PLATFORM, facts=facts)
    emit("share.ended", share_id=share.pk)


def _locked(share_id: UUID) -> Share:
    share = Share.objects.select_for_update().filter(pk=share_id).first()
    if share is None:
        raise NotFound
    return share
