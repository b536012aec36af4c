"""The one table of `core.visibility`, asked about requests: for one, and as a query for a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import Q, QuerySet

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Action, Actor, Facts, Filter, Kind, decide, visible_to
from porchlight.server.foundation import clock
from porchlight.server.video_requests.models import Decision, VideoRequest

_COLUMNS = {"agency_id": "agency_id", "requester_id": "created_by_id", "state": "state"}


def facts_of(request: VideoRequest, *, now: datetime | None = None) -> Facts:
    """What the table is told about a request."""
    at = now or clock.now()
    return {
        "agency_id": str(request.agency_id),
        "agency_status": request.agency.status,
        "requester_id": str(request.created_by_id),
        "state": request.state,
        "was_signed": request.signed_at is not None,
        "public": request.public_at is not None and request.public_at <= at,
    }


def decision_facts_of(decision: Decision, *, complete: bool) -> Facts:
    """What the table is told about one reviewer's answer; `complete`: all answers of its round are in."""
    request = decision.request
    return {
        **facts_of(request),
        "reviewer_id": str(decision.reviewer_id),
        "complete": complete,
        "public": False,
    }


def may(actor: Actor | None, action: Action, request: VideoRequest) -> bool:
    """Whether the act is open to the actor now; for what a page offers."""
    return actor is not None and bool(decide(actor, action, facts_of(request)))


def require(actor: Actor | None, action: Action, request: VideoRequest) -> None:
    """Raises NotFound if the actor may not even read the request, Refused with the reasons if not do this."""
    if actor is None:
        raise NotFound
    decision = decide(actor, action, facts_of(request))
    if any(each.code == "not_found" for each in decision.reasons):
        raise NotFound
    if not decision:
        raise Refused(decision.reasons)


def visible(actor: Actor | None) -> QuerySet[VideoRequest]:
    """Every request the actor may read."""
    rows = VideoRequest.objects.select_related("agency", "created_by")
    return rows.none() if actor is None else rows.filter(_query(visible_to(actor, Kind.REQUEST)))


def one(
    actor: Actor | None, request_id: UUID | str, *, rows: QuerySet[VideoRequest] | None = None
) -> VideoRequest:
    """The request, if the actor may read it and it is among `rows`. Raises NotFound."""
    found = (visible(actor) if rows is None else rows).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def _query(seen: Filter) -> Q:
    if seen.is_everything:
        return Q()
    return reduce(or_, (_clause(clause) for clause in seen.any_of), Q(pk__in=[]))


def _clause(clause: Mapping[str, frozenset[str | bool]]) -> Q:
    return reduce(and_, (_condition(field, values) for field, values in clause.items()), Q())


def _condition(field: str, values: frozenset[str | bool]) -> Q:
    if field == "was_signed":
        return Q(signed_at__isnull=True not in values)
    if field == "public":
        return Q(public_at__lte=clock.now()) if True in values else Q(public_at=None)
    return Q(**{f"{_COLUMNS[field]}__in": sorted(str(value) for value in values)})
