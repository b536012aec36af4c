"""What the supervisor does: sign another person's request with the second factor passed again, or send it back."""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import Conflict, Refused
from porchlight.core.lifecycle import RequestEvent, RequestState, next_state
from porchlight.core.policy import may_sign
from porchlight.core.visibility import Action, Actor
from porchlight.core.wording import TextRule, text_reasons, tidy
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.video_requests.access.drafts import draft_of
from porchlight.server.video_requests.access.seeing import require
from porchlight.server.video_requests.access.standing import violations_of
from porchlight.server.video_requests.actions.locking import locked_own, same_version
from porchlight.server.video_requests.actions.telling import tell
from porchlight.server.video_requests.models import VideoRequest

NOTE = TextRule("note", least=10, most=500, lines=True)


@action("video_request.sign")
def sign(*, by: Actor | None, request_id: UUID | str, version: int | None = None) -> VideoRequest:
    """Sign a submitted request, so that it goes to the review desk. A second, equal click changes nothing.

    `by` must be another supervisor than the requester, with `fresh_factor`. The rules are decided again: time has
    passed. Raises Refused with all reasons, Conflict if it moved on or is another version, NotFound.
    """
    request = locked_own(by, request_id)
    assert by is not None  # noqa: S101 - nobody sees no request
    if request.state == RequestState.SIGNED and str(request.signed_by_id) == by.user_id:
        return request
    if request.state != RequestState.SUBMITTED:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_SIGN, request)
    may_sign(str(request.created_by_id), str(by.user_id)).require()
    same_version(request, version)
    broken = violations_of(request.agency, draft_of(request).facts(), without=request.pk, now=clock.now())
    if broken:
        raise Refused(broken)
    request.state = next_state(RequestState(request.state), RequestEvent.SIGN)
    request.signed_by_id = UUID(by.user_id)
    request.signed_at = request.changed_at = clock.now()
    request.save(update_fields=["state", "signed_by", "signed_at", "changed_at"])
    audit(f"video_request:{request.pk}", round=request.round)
    tell("signed", request)
    if request.urgent:
        tell("urgent_signed", request)
    return request


@action("video_request.send_back")
def send_back(
    *, by: Actor | None, request_id: UUID | str, note: str, version: int | None = None
) -> VideoRequest:
    """Send a submitted request back to its author with a note that the agency alone reads.

    A second, equal click changes nothing. Raises Refused, Conflict, NotFound as `sign` does.
    """
    request = locked_own(by, request_id)
    note = tidy(note)
    if request.state == RequestState.RETURNED and note and request.supervisor_note == note:
        return request
    if request.state != RequestState.SUBMITTED:
        raise Conflict("request_moved_on")
    require(by, Action.REQUEST_SEND_BACK, request)
    same_version(request, version)
    objections = text_reasons(note, NOTE, case_number=request.case_number)
    if objections:
        raise Refused(objections)
    request.state = next_state(RequestState(request.state), RequestEvent.SEND_BACK)
    request.supervisor_note = note
    request.changed_at = clock.now()
    request.save(update_fields=["state", "supervisor_note", "changed_at"])
    audit(f"video_request:{request.pk}", round=request.round)
    tell("sent_back", request)
    return request
