"""Second looks: drawing them from the public log, and answering.

Invariants: an approval is drawn once, by what the log says alone; a second look ends no request by itself. "Would have
refused" pauses an open one until two more reviewers have answered, one of them new to it: then it goes on until the day
it would have ended anyway, or the approval is taken back. Nobody is asked anew, and no owner is written to.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.lifecycle import RequestState
from porchlight.core.log_entries import EntryKind
from porchlight.core.reasons import Reason, reason
from porchlight.core.second_look import (
    DUE,
    LookResult,
    LookState,
    is_drawn,
    may_look,
    may_reconsider,
    reconsidered,
)
from porchlight.core.visibility import Action, Actor, decide
from porchlight.core.wording import text_reasons, tidy
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.transparency.access import approvals, root_at
from porchlight.server.transparency.actions import record
from porchlight.server.video_requests.access.looks import facts_of
from porchlight.server.video_requests.access.review import ANSWERS
from porchlight.server.video_requests.actions.deciding import PUBLIC_REASON, take_back
from porchlight.server.video_requests.models import Decision, DrawHead, LookAnswer, SecondLook, VideoRequest

BATCH = 200


@action("second_look.draw")
def draw_looks(*, by: Actor | None = None) -> bool:
    """Go on through the log and draw; True when there may be more. Each entry is looked at once, in order."""
    del by
    head, _made = DrawHead.objects.select_for_update().get_or_create(pk=1)
    found = approvals(head.next_index, BATCH)
    for entry in found.entries:
        if is_drawn(root_at(entry.index + 1), entry.request_id):
            _add(entry.index, entry.request_id, entry.round)
    if found.next_index != head.next_index:
        head.next_index = found.next_index
        head.save(update_fields=["next_index"])
    return found.more


@action("second_look.answer")
def answer_look(
    *, by: Actor, look_id: UUID, result: str, checklist: Mapping[str, str], public_reason: str
) -> SecondLook:
    """The second look: agreed, or would have refused; both with a public reason. A second click changes nothing.

    Raises Refused, Conflict("request_answered_already"), NotFound.
    """
    look = _locked(by, look_id)
    if look.result:
        if str(look.looked_by_id) == by.user_id and look.result == result:
            return look
        raise Conflict("request_answered_already")
    may_look(str(by.user_id), decided_by=look.decided_by, ties=checklist.get("ties") == "yes").require()
    decide(by, Action.SECOND_LOOK_ANSWER, facts_of(look)).require()
    found, words = _read(result, checklist, public_reason, look.request)
    look.result, look.public_reason = found, words
    look.looked_by_id, look.answered_at = UUID(str(by.user_id)), clock.now()
    open_still = look.request.state == RequestState.APPROVED
    pauses = found is LookResult.WOULD_REFUSE and open_still
    look.state = LookState.PAUSED if pauses else LookState.DONE
    look.save()
    audit(f"second_look:{look.pk}", result=str(found))
    _write_down(look, EntryKind.REQUEST_SECOND_LOOK, str(found), words)
    return look


@action("second_look.reconsider")
def reconsider(
    *, by: Actor, look_id: UUID, result: str, checklist: Mapping[str, str], public_reason: str
) -> SecondLook:
    """One of the two answers that a paused request waits for. Raises as `answer_look` does."""
    look = _locked(by, look_id)
    given = look.answers.filter(reviewer_id=UUID(by.user_id)).first() if by.user_id else None
    if given is not None:
        if given.result == result:
            return look
        raise Conflict("request_answered_already")
    if look.state != LookState.PAUSED:
        raise Conflict("request_already_decided")
    may_reconsider(
        str(by.user_id),
        looked_by=str(look.looked_by_id),
        decided_by=look.decided_by,
        answered_by=look.answered_by,
        ties=checklist.get("ties") == "yes",
    ).require()
    decide(by, Action.SECOND_LOOK_RECONSIDER, facts_of(look)).require()
    found, words = _read(result, checklist, public_reason, look.request)
    LookAnswer.objects.create(
        look=look,
        reviewer_id=UUID(str(by.user_id)),
        result=found,
        checklist=dict(checklist),
        public_reason=words,
    )
    look.answered_by = [*look.answered_by, str(by.user_id)]
    audit(f"second_look:{look.pk}", result=str(found))
    _conclude(look)
    look.save()
    return look


@action("second_look.end")
def end_looks(*, by: Actor | None = None) -> bool:
    """A pause ends with its request: nothing is left to decide once it closed or was withdrawn."""
    del by
    rows = SecondLook.objects.filter(state=LookState.PAUSED).exclude(request__state=RequestState.APPROVED)
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    SecondLook.objects.filter(pk__in=ids).update(state=LookState.DONE)
    return len(ids) == BATCH


def _add(index: int, request_id: UUID, round_: int) -> None:
    deciders = Decision.objects.filter(request_id=request_id, round=round_).values_list(
        "reviewer_id", flat=True
    )
    now = clock.now()
    SecondLook.objects.get_or_create(
        log_index=index,
        defaults={
            "request_id": request_id,
            "round": round_,
            "decided_by": sorted(str(each) for each in deciders),
            "drawn_at": now,
            "due_at": now + DUE,
        },
    )


def _conclude(look: SecondLook) -> None:
    answers = [LookResult(each.result) for each in look.answers.all()]
    result = reconsidered(answers)
    if result is None:
        return
    look.state, look.final = LookState.DONE, result
    said = [each.public_reason for each in look.answers.all() if each.result == result]
    _write_down(look, EntryKind.REQUEST_RECONSIDERED, str(result), "\n\n".join(said))
    if result is LookResult.WOULD_REFUSE and look.request.state == RequestState.APPROVED:
        take_back(look.request, "\n\n".join(said), reviewers=len(answers))


def _read(
    result: str, checklist: Mapping[str, str], public_reason: str, request: VideoRequest
) -> tuple[LookResult, str]:
    """Raises Refused with everything that is wrong with an answer."""
    words = tidy(public_reason)
    faults: list[Reason] = []
    if result not in set(LookResult):
        faults.append(reason("verdict_unknown"))
    if "ties" not in checklist or any(each not in ANSWERS for each in checklist.values()):
        faults.append(reason("checklist_incomplete"))
    faults += text_reasons(words, PUBLIC_REASON, case_number=request.case_number)
    if faults:
        raise Refused(tuple(faults))
    return LookResult(result), words


def _write_down(look: SecondLook, kind: EntryKind, result: str, words: str) -> None:
    record(
        kind=kind,
        subject_id=look.request_id,
        body={"round": look.round, "decision": look.log_index, "result": result},
        hidden={"public_reason": words},
    )


def _locked(by: Actor, look_id: UUID) -> SecondLook:
    """The look with its request, both locked, the request first as everywhere. Raises NotFound."""
    if not decide(by, Action.SECOND_LOOK_READ, {"public": False}):
        raise NotFound
    request_id = SecondLook.objects.filter(pk=look_id).values_list("request_id", flat=True).first()
    if request_id is None:
        raise NotFound
    request = VideoRequest.objects.select_for_update(of=("self",)).select_related("agency").get(pk=request_id)
    look = SecondLook.objects.select_for_update().get(pk=look_id)
    look.request = request
    return look
