"""Invitations and notices of a request, written in parts, and forgotten.

Invariants: a household has one invitation, a member one notice, however often a part is repeated; nobody is asked before
the public log holds the request's key; at most 500 rows are written in one transaction.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from porchlight.server.consent.models import AskedRequest, Invitation, Report
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action
from porchlight.server.households.access import Member
from porchlight.server.notifications import actions as notices


@action("consent.ask")
def ask(*, request_id: UUID, approved_at: datetime, members: dict[UUID, list[Member]]) -> None:
    """Write one part: invitations first, then a notice for each member. Repeating it adds nothing."""
    AskedRequest.objects.get_or_create(request_id=request_id)
    Invitation.objects.bulk_create(
        [Invitation(request_id=request_id, household_id=each) for each in members], ignore_conflicts=True
    )
    ids = Invitation.objects.filter(request_id=request_id, household_id__in=members)
    invitation_of = dict(ids.values_list("household_id", "id"))
    notices.prepare(
        request_id=request_id,
        approved_at=approved_at,
        addressees=[
            notices.Addressee(invitation_of[household_id], household_id, member.user_id)
            for household_id, people in members.items()
            for member in people
        ],
    )


@action("consent.note_end")
def note_end(*, request_id: UUID) -> None:
    """The request is no longer open: what was not sent will not be."""
    AskedRequest.objects.filter(request_id=request_id, ended_at=None).update(ended_at=clock.now())
    notices.forget(request_id=request_id, unsent_only=True)


@action("consent.forget")
def forget(*, request_id: UUID) -> None:
    """Thirty days after the end nothing tells who was asked. What was shared stays with its household."""
    Invitation.objects.filter(request_id=request_id).delete()
    Report.objects.filter(request_id=request_id, resolved_at__isnull=False).delete()
    notices.forget(request_id=request_id, unsent_only=False)
    AskedRequest.objects.filter(request_id=request_id).delete()
