"""Mail of an agency's domain, from the outbox."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext

from porchlight.core.visibility import Side
from porchlight.server.accounts import invitations
from porchlight.server.agencies.models import Invitation
from porchlight.server.foundation import mail, outbox
from porchlight.server.foundation.models import OutboxEvent


@outbox.handler("agencies.invited", for_agency=True)
def mail_invitation(event: OutboxEvent, now: datetime) -> bool:
    """Send an officer their link, as long as it opens something."""
    found = Invitation.objects.select_related("agency").filter(
        pk=event.payload["invitation_id"], accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    for invitation in found:
        send_invitation(invitation)
    return True


def send_invitation(invitation: Invitation) -> None:
    """Hand the mail to the server; raises as `mail.send` does."""
    token = invitations.token_of("agency", invitation.pk)
    facts = {
        "name": invitation.name,
        "agency": invitation.agency.name,
        "link": invitations.link(Side.AGENCY, token),
        "expires_at": invitation.expires_at,
    }
    mail.send(
        to=invitation.email,
        subject=gettext("Your invitation to Porchlight"),
        text=render_to_string("agencies/mail/invited.txt", facts),
    )
