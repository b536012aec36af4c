"""Mail about staff accounts, from the outbox."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from porchlight.core.visibility import Side
from porchlight.server.accounts import invitations
from porchlight.server.accounts.models import StaffInvitation, User
from porchlight.server.foundation import mail, outbox
from porchlight.server.foundation.models import OutboxEvent


@outbox.handler("accounts.invited")
def mail_invitation(event: OutboxEvent, now: datetime) -> bool:
    """Send a reviewer or an operator their link, as long as it opens something."""
    found = StaffInvitation.objects.filter(
        pk=event.payload["invitation_id"], accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    for invitation in found:
        send_invitation(invitation)
    return True


def send_invitation(invitation: StaffInvitation) -> None:
    """Hand the mail to the server; raises as `mail.send` does."""
    side = Side(invitation.side)
    facts = {
        "name": invitation.display_name,
        "link": invitations.link(side, invitations.token_of("staff", invitation.pk)),
        "expires_at": invitation.expires_at,
        "where": gettext("review desk") if side is Side.REVIEW else gettext("operator console"),
    }
    mail.send(
        to=invitation.email,
        subject=gettext("Your invitation to Porchlight"),
        text=render_to_string("accounts/mail/invited.txt", facts),
    )


@outbox.handler("accounts.locked")
def mail_lock(event: OutboxEvent, _now: datetime) -> bool:
    """Tell the owner of a locked account, and nobody else, that it is locked and what to do."""
    user = User.objects.filter(pk=event.payload["user_id"], locked_at__isnull=False, is_active=True).first()
    if user is not None:
        who = (
            gettext("an administrator of your agency")
            if user.side == Side.AGENCY.value
            else gettext("an operator")
        )
        with translation.override(user.language):
            mail.send(
                to=user.email,
                subject=gettext("Your Porchlight account is locked"),
                text=render_to_string("accounts/mail/locked.txt", {"name": user.name, "who": who}),
            )
    return True
