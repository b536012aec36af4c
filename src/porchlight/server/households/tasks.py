"""Mail about who belongs to a household, from the outbox."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from porchlight.server.accounts import invitations
from porchlight.server.accounts.models import User
from porchlight.server.foundation import mail, outbox
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.households.access.members import KIND
from porchlight.server.households.actions.members import member_link
from porchlight.server.households.models import MemberInvitation, Membership


@outbox.handler("households.invited")
def mail_invitation(event: OutboxEvent, now: datetime) -> bool:
    """The link, as long as it opens something, in the language of who invites."""
    found = MemberInvitation.objects.select_related("invited_by").filter(
        pk=event.payload["invitation_id"], expires_at__gt=now
    )
    for invitation in found:
        inviter = invitation.invited_by
        with translation.override(inviter.language if inviter else None):
            facts = {
                "who": inviter.name if inviter else "",
                "link": member_link(invitations.token_of(KIND, invitation.pk)),
                "expires_at": invitation.expires_at,
            }
            mail.send(
                to=invitation.email,
                subject=gettext("An invitation to a household on Porchlight"),
                text=render_to_string("mail/member_invited.txt", facts),
            )
    return True


@outbox.handler("households.joined")
def mail_joined(event: OutboxEvent, _now: datetime) -> bool:
    """Everybody of a household is told who came in: a link that was passed on must not go unseen."""
    came = Membership.objects.select_related("user").filter(user_id=event.payload["user_id"]).first()
    others = Membership.objects.select_related("user").filter(
        household_id=UUID(event.payload["household_id"]), user__is_active=True
    )
    if came is None:
        return True
    for other in others.exclude(user_id=came.user_id):
        _tell(other.user, gettext("Somebody joined your household"), "mail/member_joined.txt", came.user)
    return True


@outbox.handler("households.removed")
def mail_removed(event: OutboxEvent, _now: datetime) -> bool:
    """Who was taken out is told so."""
    user = User.objects.filter(pk=event.payload["user_id"], is_active=True).first()
    if user is not None:
        _tell(user, gettext("You were removed from a household"), "mail/member_removed.txt", user)
    return True


def _tell(to: User, subject: str, template: str, who: User) -> None:
    with translation.override(to.language):
        facts = {"name": to.name, "who": who.name, "email": who.email}
        mail.send(to=to.email, subject=subject, text=render_to_string(template, facts))
