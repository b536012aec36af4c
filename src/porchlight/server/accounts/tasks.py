"""Mail about staff accounts, from the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from porchlight.core.visibility import Side
from porchlight.server.accounts import invitations, sign_ins
from porchlight.server.accounts.models import StaffInvitation, User
from porchlight.server.foundation import mail, outbox
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.sides import base_url
from porchlight.server.foundation.worker import every


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
        with translation.override(user.language):
            of_an_agency = user.side == Side.AGENCY.value
            who = gettext("an administrator of your agency") if of_an_agency else gettext("an operator")
            mail.send(
                to=user.email,
                subject=gettext("Your Porchlight account is locked"),
                text=render_to_string("accounts/mail/locked.txt", {"name": user.name, "who": who}),
            )
    return True


@outbox.handler("accounts.second_factor_reset")
def mail_reset(event: OutboxEvent, _now: datetime) -> bool:
    """Tell the owner of the account that its second step is gone, and how to come back."""
    user = User.objects.filter(pk=event.payload["user_id"], is_active=True).first()
    if user is not None:
        with translation.override(user.language):
            facts = {"name": user.name, "link": f"{base_url(Side(user.side))}/account/password/reset/"}
            mail.send(
                to=user.email,
                subject=gettext("The second step of your Porchlight account was reset"),
                text=render_to_string("accounts/mail/second_factor_reset.txt", facts),
            )
    return True


@every(timedelta(hours=6), "accounts.forget_sign_ins")
def forget_sign_ins(now: datetime) -> bool:
    """Sign-ins that can't be open any more."""
    sign_ins.forget(now=now)
    return False
