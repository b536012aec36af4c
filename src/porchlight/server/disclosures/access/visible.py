"""The table of `core.visibility` as queries over shares, and what it is told of one share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import Q, QuerySet

from porchlight.core.visibility import Actor, Facts, Kind, visible_to
from porchlight.server.disclosures.models import Share
from porchlight.server.video_requests.models import KeyWrap

_COLUMNS = {"agency_id": "request__agency_id", "state": "state"}


def readable(actor: Actor) -> QuerySet[Share]:
    """The shares that this person may read."""
    clauses = visible_to(actor, Kind.SHARE).any_of
    if not clauses:
        return Share.objects.none()
    queries = [reduce(and_, (_as_query(*item) for item in clause.items()), Q()) for clause in clauses]
    return Share.objects.filter(reduce(or_, queries))


def facts_of(share: Share, holders: Collection[UUID]) -> Facts:
    """What the table is told of a share. `holders`: to whom its request's key was wrapped."""
    return {
        "agency_id": str(share.request.agency_id),
        "assigned_ids": frozenset(str(user) for user in (share.request.created_by_id, *holders)),
        "state": share.state,
    }


def key_holders(request_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each request, the accounts to whose keys its key was wrapped."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    wraps = KeyWrap.objects.filter(request_id__in=request_ids)
    for request_id, user_id in wraps.values_list("request_id", "officer_key__officer__user_id"):
        found[request_id].add(user_id)
    return found


def _as_query(field: str, wanted: frozenset[str | bool]) -> Q:
    if field == "assigned_ids":
        people = {str(person) for person in wanted}
        held = KeyWrap.objects.filter(officer_key__officer__user_id__in=people).values("request_id")
        return Q(request__created_by_id__in=people) | Q(request_id__in=held)
    return Q(**{f"{_COLUMNS[field]}__in": wanted})
