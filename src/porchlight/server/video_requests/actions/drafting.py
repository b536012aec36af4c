"""Drafts: whatever was typed is kept, also what breaks a rule; only what cannot be stored is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from porchlight.core.errors import Conflict, Refused
from porchlight.core.lifecycle import EDITABLE_STATES, RequestEvent, RequestState, next_state
from porchlight.core.offenses import offense_type
from porchlight.core.policy import canonical_case_number
from porchlight.core.policy.case_numbers import MOST_CHARACTERS
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Action, Actor, decide
from porchlight.core.wording import DANGER_REASON, FACTUAL_BASIS, PUBLIC_SUMMARY, tidy
from porchlight.server.agencies.models import Agency
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.video_requests.access.delays import DELAY_REASON, MOST_DELAY_DAYS
from porchlight.server.video_requests.access.drafts import FLAGS, Draft
from porchlight.server.video_requests.access.seeing import require
from porchlight.server.video_requests.actions.locking import locked_agency, locked_own, same_version
from porchlight.server.video_requests.models import VideoRequest

_ROOM = 4
"""A draft may hold this many times what a field allows, so that a long text can be shortened later."""
_MOST_TYPED = 20_000
_DOUBLE_CLICK = timedelta(minutes=1)
_SAME = (
    "typed",
    "unread",
    "area",
    "starts_at",
    "ends_at",
    "offense",
    "case_number",
    "factual_basis",
    "public_summary",
    "flags",
    "danger_reason",
    "publish_delay_days",
    "publish_delay_reason",
)


@action("video_request.save_draft")
def save_draft(
    *, by: Actor | None, draft: Draft, request_id: UUID | str | None = None, version: int | None = None
) -> VideoRequest:
    """Keep what the officer has so far; `request_id` names the draft or returned request that is edited.

    The same new draft sent twice within a minute (a double click) is one. Raises Refused for what cannot be stored, Conflict("request_changed_elsewhere") if `version` is not the
    one that stands (None: do not look), Conflict("request_moved_on") once it was sent, NotFound.
    """
    request = _new(by) if request_id is None else _edited(by, request_id, version)
    objections = tuple(_not_storable(draft))
    if objections:
        raise Refused(objections)
    _fill(request, draft)
    twin = _twin(request) if request_id is None else None
    if twin is not None:
        return twin
    request.save()
    audit(f"video_request:{request.pk}", version=request.version)
    return request


@action("video_request.discard")
def discard(*, by: Actor | None, request_id: UUID | str) -> None:
    """Delete a draft that was never sent. Raises Conflict once it was sent, NotFound."""
    request = locked_own(by, request_id)
    if request.state != RequestState.DRAFT:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_WITHDRAW, request)
    next_state(RequestState(request.state), RequestEvent.WITHDRAW)
    audit(f"video_request:{request.pk}")
    request.delete()


def _new(by: Actor | None) -> VideoRequest:
    agency = locked_agency(by)
    assert by is not None  # noqa: S101 - locked_agency has refused nobody
    assert by.user_id is not None  # noqa: S101 - whoever has an agency is known
    decide(by, Action.REQUEST_DRAFT, _new_facts(agency, by)).require()
    now = clock.now()
    return VideoRequest(agency=agency, created_by_id=by.user_id, created_at=now, version=0)


def _twin(request: VideoRequest) -> VideoRequest | None:
    """The same new draft, saved by the first of two clicks."""
    recent = VideoRequest.objects.filter(
        created_by_id=request.created_by_id,
        state=RequestState.DRAFT,
        version=request.version,
        created_at__gt=request.created_at - _DOUBLE_CLICK,
    )
    return next(
        (each for each in recent if all(getattr(each, name) == getattr(request, name) for name in _SAME)),
        None,
    )


def _new_facts(agency: Agency, by: Actor) -> dict[str, str | bool | None]:
    return {"agency_id": str(agency.pk), "agency_status": agency.status, "requester_id": by.user_id}


def _edited(by: Actor | None, request_id: UUID | str, version: int | None) -> VideoRequest:
    request = locked_own(by, request_id)
    if request.state not in EDITABLE_STATES:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_CHANGE, request)
    same_version(request, version)
    return request


def _fill(request: VideoRequest, draft: Draft) -> None:
    facts = draft.facts()
    if facts.area is not None:
        request.area, request.area_m2 = facts.area.geojson(), facts.area.area_m2
    elif not facts.area_reasons:
        request.area, request.area_m2 = None, None
    if not facts.time_reasons:
        request.starts_at, request.ends_at = facts.starts_at, facts.ends_at
    request.unread = {
        "area": [each.as_dict() for each in facts.area_reasons],
        "time": [each.as_dict() for each in facts.time_reasons],
    }
    request.offense, request.case_number = draft.offense, facts.case_number
    request.factual_basis, request.public_summary = facts.factual_basis, facts.public_summary
    request.flags = [flag for flag in FLAGS if flag in draft.flags]
    request.urgent = "danger_to_life" in draft.flags
    request.danger_reason = tidy(draft.danger_reason)
    request.publish_delay_days = draft.publish_delay_days
    request.publish_delay_reason = tidy(draft.publish_delay_reason)
    request.typed = dict(draft.typed)
    request.version += 1
    request.changed_at = clock.now()


def _not_storable(draft: Draft) -> Iterator[Reason]:
    yield from _texts_not_storable(draft)
    number = canonical_case_number(draft.case_number[: 4 * MOST_CHARACTERS])
    if len(number) > MOST_CHARACTERS:
        yield reason("case_number_too_long", characters=len(draft.case_number), most=MOST_CHARACTERS)
    elif _unstorable(number):
        yield reason("text_not_storable", field="case_number")
    if draft.offense and offense_type(draft.offense) is None:
        yield reason("offense_not_on_list")
    if not draft.flags <= set(FLAGS):
        yield reason("flag_not_on_list")
    if not 0 <= draft.publish_delay_days <= MOST_DELAY_DAYS:
        yield reason("publish_delay_too_long", most=MOST_DELAY_DAYS)


def _texts_not_storable(draft: Draft) -> Iterator[Reason]:
    texts = {
        FACTUAL_BASIS: draft.factual_basis,
        PUBLIC_SUMMARY: draft.public_summary,
        DANGER_REASON: draft.danger_reason,
        DELAY_REASON: draft.publish_delay_reason,
    }
    for rule, text in texts.items():
        if len(text) > _ROOM * rule.most:
            yield reason("text_far_too_long", field=rule.field, characters=len(text), most=rule.most)
        elif _unstorable(text):
            yield reason("text_not_storable", field=rule.field)
    corners = draft.typed.get("area", "")
    if len(corners) > _MOST_TYPED:
        yield reason("text_far_too_long", field="area", characters=len(corners), most=_MOST_TYPED)
    elif any(_unstorable(text) for text in draft.typed.values()):
        yield reason("text_not_storable", field="area")


def _unstorable(text: str) -> bool:
    """PostgreSQL keeps no NUL, and no encoding knows a lone surrogate."""
    return "\0" in text or any("\ud800" <= each <= "\udfff" for each in text)
