"""Background work of this domain: tell the officers, end what has run out, delete what has ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from porchlight.core.visibility import Side
from porchlight.server.disclosures.actions import delete_content, expire, forget_keys
from porchlight.server.disclosures.actions.ending import BATCH
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation import mail
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.outbox import handler
from porchlight.server.foundation.sides import base_url
from porchlight.server.foundation.worker import every


@handler("share.received", for_agency=True)
def tell_officers(event: OutboxEvent, _now: datetime) -> bool:
    """One mail for this one share to who asked and who signed: that there is something, and nothing of it.

    A mail that is sent again bears the same Message-ID.
    """
    share = Share.objects.select_related("request__created_by", "request__signed_by").get(
        pk=UUID(event.payload["share_id"])
    )
    people = {person.pk: person for person in (share.request.created_by, share.request.signed_by) if person}
    for person in people.values():
        if not person.is_active:
            continue
        with override(person.language):
            mail.send(
                to=person.email,
                subject=_("A video was shared for case %(case)s") % {"case": share.request.case_number},
                text=_(
                    "An owner shared a video for case %(case)s.\n\n"
                    "Sign in to see it: %(link)s\n\n"
                    "You see what owners chose to share and nothing else."
                )
                % {"case": share.request.case_number, "link": f"{base_url(Side.AGENCY)}/shared/{share.pk}/"},
                headers={"Message-ID": f"<{share.pk.hex}.{person.pk.hex}@{settings.PORCHLIGHT.host}>"},
            )
    return True


@handler("share.ended")
def delete_copy(event: OutboxEvent, _now: datetime) -> bool:
    """Delete the platform's copy of a share that was taken back or has run out."""
    delete_content(share_id=UUID(event.payload["share_id"]))
    return True


@every(timedelta(minutes=1), "share.expire")
def end_what_ran_out(now: datetime) -> bool:
    """Expiry, a batch at a time."""
    return expire(now=now) == BATCH


@every(timedelta(minutes=10), "share.forget_keys")
def forget_keys_of_the_past(_now: datetime) -> bool:
    """Requests that ask nobody and hold no share keep no key."""
    return forget_keys() == BATCH
