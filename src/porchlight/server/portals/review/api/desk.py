"""The desk: what waits, one request with its rules, the answers that people give, and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Query, Schema

from porchlight.core.errors import Conflict, Refused
from porchlight.core.policy import Check
from porchlight.core.reasons import reason
from porchlight.core.visibility import Action
from porchlight.server.consent import access as consent
from porchlight.server.consent import actions as consent_actions
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Given, Listed, Why
from porchlight.server.portals.review.api.side import api
from porchlight.server.portals.review.decisions import form_of
from porchlight.server.tokens.access import Scope
from porchlight.server.ui.reasons import text_of
from porchlight.server.video_requests import access, actions

_REVIEWER = Audience.REVIEWER
_READ = Scope.QUEUE_READ
Answer = Literal["yes", "no", "unsure"]


class WaitingOut(Schema):
    """A request that waits for this reviewer."""

    id: UUID
    agency: str
    offense: str
    urgent: bool
    came_back: bool
    signed_at: datetime | None


class QueueOut(Schema):
    """Part of the queue: danger to life first, then by how long it waits."""

    items: list[WaitingOut]
    next: str


class RuleOut(Schema):
    """One rule, as it stood when the request was sent."""

    rule: str
    state: str
    reasons: list[Why]


class CaseOut(Schema):
    """A request as a reviewer sees it. Other reviewers' answers show once all are in."""

    id: UUID
    state: str
    round: int
    agency: str
    requester: str
    signer: str
    offense: str
    case_number: str
    area: dict[str, Any] | None
    starts_at: datetime | None
    ends_at: datetime | None
    public_summary: str
    factual_basis: str
    flags: list[str]
    checks: list[RuleOut]
    reviewers_needed: int
    answers_given: int
    may_decide: bool


class DecisionIn(Given):
    """What a person judged. `ties`: yes if free of ties, as on the page; `danger` where the agency says that a life is."""

    facts: Answer
    area: Answer
    time: Answer
    speech: Answer
    ties: Answer
    danger: Answer | None = None
    verdict: Literal["approve", "return", "reject"]
    public_reason: str = Field("", max_length=2400)
    round: int = Field(ge=1, le=32767)


class ReasonIn(Given):
    """A reason for the public."""

    public_reason: str = Field(max_length=2400)


class AnsweredOut(Schema):
    """What stands now."""

    id: UUID
    state: str


class ReportOut(Schema):
    """A report that waits. It does not say who reported."""

    id: UUID
    request_id: UUID
    reason: str
    text: str
    created_at: datetime


class ReportsOut(Schema):
    """Part of the reports, the oldest first."""

    items: list[ReportOut]
    next: str


class ResolveIn(Given):
    """`upheld`: the report holds, and the approval is taken back with this public reason."""

    answer: Literal["upheld", "dismissed"]
    public_reason: str = Field("", max_length=2400)


class OwnDecisionOut(Schema):
    """One of the reviewer's own answers."""

    request_id: UUID
    round: int
    verdict: str
    public_reason: str
    decided_at: datetime


class RecordOut(Schema):
    """Part of the reviewer's own answers, newest first."""

    items: list[OwnDecisionOut]
    next: str


@api.get("/requests", audience=_REVIEWER, scope=_READ, answer=QueueOut)
def list_queue(request: ApiRequest, query: Query[Listed]) -> Mapping[str, object]:
    """What waits for this reviewer."""
    found = access.queue(request.actor, query.cursor)
    return {"items": [_waiting(each) for each in found], "next": found.next}


@api.get("/requests/{uuid:request_id}", audience=_REVIEWER, scope=_READ, answer=CaseOut)
def read_case(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """One request, with the rules as they stood when it was sent."""
    case = access.review_request(request.actor, request_id)
    asked = case.request
    names = ("state", "round", "offense", "case_number", "area", "starts_at", "ends_at")
    return {
        "id": asked.pk,
        **{name: getattr(asked, name) for name in (*names, "public_summary", "factual_basis")},
        "agency": asked.agency.name,
        "requester": str(case.requester),
        "signer": str(case.signer),
        "flags": case.flags,
        "checks": [_rule(each) for each in case.checks],
        "reviewers_needed": case.needed,
        "answers_given": case.given,
        "may_decide": case.may_decide,
    }


@api.post("/requests/{uuid:request_id}/decide", audience=_REVIEWER, answer=AnsweredOut, also=(409,))
def decide_request(request: ApiRequest, request_id: UUID, body: DecisionIn) -> Mapping[str, object]:
    """A reviewer's answer. A person gives it."""
    case = access.review_request(request.actor, request_id)
    given = body.dict()
    form = form_of(case, {name: value for name, value in given.items() if value is not None})
    if not form.is_valid():
        raise Refused((reason("checklist_incomplete"),))
    decided = actions.decide(
        by=request.actor,
        request_id=request_id,
        verdict=body.verdict,
        checklist=form.checklist(),
        public_reason=body.public_reason,
        round_=body.round,
    )
    return {"id": decided.pk, "state": decided.state}


@api.post("/requests/{uuid:request_id}/take-back", audience=_REVIEWER, answer=AnsweredOut, also=(409,))
def take_back_approval(request: ApiRequest, request_id: UUID, body: ReasonIn) -> Mapping[str, object]:
    """Take an approval back after a second look. A person does it."""
    taken = actions.revoke(by=request.actor, request_id=request_id, public_reason=body.public_reason)
    return {"id": taken.pk, "state": taken.state}


@api.get("/reports", audience=_REVIEWER, scope=_READ, answer=ReportsOut)
def list_reports(request: ApiRequest, query: Query[Listed]) -> Mapping[str, object]:
    """Reports of improper requests that wait."""
    found = consent.open_reports(request.actor, query.cursor)
    return {"items": list(found), "next": found.next}


@api.post("/reports/{uuid:report_id}/resolve", audience=_REVIEWER, status=204, also=(409,))
def resolve_report(request: ApiRequest, report_id: UUID, body: ResolveIn) -> None:
    """Say whether a report holds. A person does it."""
    actor = request.actor
    report = consent.open_report(actor, report_id)
    upheld = body.answer == "upheld"
    if upheld:
        asked = access.review_request(actor, report.request_id).request
        if access.may(actor, Action.REQUEST_REVOKE, asked):
            try:
                actions.revoke(by=actor, request_id=report.request_id, public_reason=body.public_reason)
            except Conflict:
                upheld = True  # it had ended already; the report is answered all the same
    consent_actions.resolve_report(by=actor, report_id=report_id, upheld=upheld)


@api.get("/record", audience=_REVIEWER, scope=_READ, answer=RecordOut)
def list_own_decisions(request: ApiRequest, query: Query[Listed]) -> Mapping[str, object]:
    """The reviewer's own answers, newest first."""
    found = access.decisions_of(request.actor, query.cursor)
    return {"items": list(found), "next": found.next}


def _waiting(each: access.Waiting) -> dict[str, object]:
    return {
        "id": each.request.pk,
        "agency": each.request.agency.name,
        "offense": each.request.offense,
        "urgent": each.urgent,
        "came_back": each.came_back,
        "signed_at": each.request.signed_at,
    }


def _rule(check: Check) -> dict[str, object]:
    reasons = [{**each.as_dict(), "text": text_of(each)} for each in check.reasons]
    return {"rule": check.rule.value, "state": check.state.value, "reasons": reasons}
