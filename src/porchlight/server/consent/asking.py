"""From an approved request to invitations and notices, in parts that a killed worker can take up again.

Invariants: a household has one invitation, a member one notice, however often a part is repeated; nobody is asked before
the public log holds the request's key; at most 500 rows are written in one transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from porchlight.server.consent.models import AskedRequest, Invitation, Report
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action
from porchlight.server.households.access import Member, households_in, members_of
from porchlight.server.notifications import actions as notices
from porchlight.server.video_requests.access import OpenRequest

MOST_ROWS = 500
KEPT_AFTER_CLOSE = timedelta(days=30)
# An invitation and, as a rule, one or two members' notices.
_HOUSEHOLDS = 160


def ask_some(request: OpenRequest, after: UUID | None) -> UUID | None:
    """Ask the next part of the households, in the order of their ids. Returns the last one asked, None at the end."""
    found = households_in(request.area, agency_id=request.agency_id, offense=request.offense, after=after)
    part = list(islice(found, _HOUSEHOLDS))
    if not part:
        return None
    by_household: dict[UUID, list[Member]] = {}
    for member in members_of(part):
        by_household.setdefault(member.household_id, []).append(member)
    fitting = _fitting(part, by_household)
    ask(
        request_id=request.id,
        approved_at=request.approved_at,
        members={key: by_household.get(key, []) for key in fitting},
    )
    return fitting[-1]


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
        request_id,
        approved_at,
        [
            notices.Addressee(invitation_of[household_id], household_id, member.user_id)
            for household_id, people in members.items()
            for member in people
        ],
    )


@action("consent.note_end")
def note_end(*, request_id: UUID) -> None:
    """The request is no longer open: what was not sent will not be."""
    AskedRequest.objects.filter(request_id=request_id, ended_at=None).update(ended_at=clock.now())
    notices.forget(request_id, unsent_only=True)


@action("consent.forget")
def forget(*, request_id: UUID) -> None:
    """Thirty days after the end nothing tells who was asked. What was shared stays with its household."""
    Invitation.objects.filter(request_id=request_id).delete()
    Report.objects.filter(request_id=request_id, resolved_at__isnull=False).delete()
    notices.forget(request_id, unsent_only=False)
    AskedRequest.objects.filter(request_id=request_id).delete()


def ended_before(moment: datetime) -> list[UUID]:
    """The requests that ended before `moment` and whose invitations still stand."""
    return list(AskedRequest.objects.filter(ended_at__lte=moment).values_list("request_id", flat=True))


def not_ended() -> list[UUID]:
    """The requests that were open when last looked at."""
    return list(AskedRequest.objects.filter(ended_at=None).values_list("request_id", flat=True))


def _fitting(part: list[UUID], members: dict[UUID, list[Member]]) -> list[UUID]:
    """As many households from the start as fit into one transaction, at least one."""
    rows = 1
    fitting: list[UUID] = []
    for household_id in part:
        rows += 1 + len(members.get(household_id, []))
        if fitting and rows > MOST_ROWS:
            break
        fitting.append(household_id)
    return fitting
