"""A share arrives."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from porchlight.core.errors import Refused
from porchlight.core.lifecycle import RequestState
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.disclosures.actions.chain import OWNER, note
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation.actions import action, emit
from porchlight.server.foundation.objects import object_store
from porchlight.server.video_requests.models import VideoRequest

ENVELOPE_BYTES_MAX = 64 * 1024
HEAD_BYTES_MAX = 64 * 1024


@action("share.receive")
def receive(
    *,
    request_id: UUID,
    object_name: str,
    head: bytes,
    sealed_size: int,
    sealed_sha256: str,
    envelope: bytes,
    purpose: str,
    expires_at: datetime,
    by: Actor | None = None,
) -> Share:
    """Keep one shared clip for the agency that asked, and tell its officers.

    `object_name` names the agency's own copy of the ciphertext, which belongs to the share from here on. `head` is
    its age header with the nonce. Sizes in bytes. Call it without `by`: the agency's side never learns whose it is.
    Raises Refused("request_closed") where the request is over by now, ("share_broken") for a size that is not the object's, an empty or a huge envelope.
    """
    del by
    # Its end and this share come one after the other: no share stands in a request that is over, without its keys.
    asked = VideoRequest.objects.select_for_update(no_key=True).filter(pk=request_id).first()
    if asked is None or asked.state != RequestState.APPROVED:
        raise Refused((reason("request_closed"),))
    if (
        object_store().size(object_name) != sealed_size
        or not 0 < len(envelope) <= ENVELOPE_BYTES_MAX
        or not 0 < len(head) <= HEAD_BYTES_MAX
    ):
        raise Refused((reason("share_broken"),))
    share = Share.objects.create(
        request_id=request_id,
        object_name=object_name,
        head=head,
        sealed_size=sealed_size,
        sealed_sha256=sealed_sha256,
        envelope=envelope,
        purpose=purpose,
        expires_at=expires_at,
    )
    note(
        share=share,
        event="shared",
        role=OWNER,
        facts={"sealed_sha256": sealed_sha256, "sealed_size": sealed_size},
    )
    emit("share.received", share_id=share.pk)
    return share
