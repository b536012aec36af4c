"""Mail to a household about what it shared: first opened, and ended by time or by the review desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from porchlight.core.visibility import Side
from porchlight.server.consent.access import share_of_household
from porchlight.server.foundation import mail
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.outbox import handler
from porchlight.server.foundation.sides import base_url
from porchlight.server.households.access import members_of
from porchlight.server.notifications.access.choices import without_share_mail


@handler("owner_share.opened")
def mail_opened(event: OutboxEvent, _now: datetime) -> bool:
    """An officer has had the key for the first time."""
    _tell(UUID(event.payload["share_id"]), "opened")
    return True


@handler("owner_share.ended")
def mail_ended(event: OutboxEvent, _now: datetime) -> bool:
    """The share has ended without the household's doing."""
    _tell(UUID(event.payload["share_id"]), "ended")
    return True


def _tell(share_id: UUID, what: str) -> None:
    """Whoever wants to know, in their language. A share whose household is gone, or that was taken back, tells nobody."""
    found = share_of_household(share_id)
    if found is None:
        return
    household_id, request = found
    people = members_of([household_id])
    quiet = without_share_mail([each.user_id for each in people])
    for person in people:
        if person.user_id in quiet:
            continue
        with translation.override(person.language):
            subject = {
                "opened": gettext("An officer opened a video that you shared"),
                "ended": gettext("A video that you shared is no longer shared"),
            }[what]
            facts = {
                "what": what,
                "agency": request.agency_name,
                "case": request.case_number,
                "link": f"{base_url(Side.RESIDENT)}/shares/{share_id}/",
                "settings": f"{base_url(Side.RESIDENT)}/settings/mail/",
            }
            text = render_to_string("mail/share_status.txt", facts)
            mail.send(to=person.email, subject=subject, text=text)
