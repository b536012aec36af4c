"""Shifts: a reviewer enters their own, and takes another's over by their own act. Nobody is put on call by somebody else.

So a shift is never handed to a person who does not know of it: whoever wants to be relieved asks, and stays on call until
the other one has pressed the button.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from porchlight.core.errors import Conflict, NotFound, Refused
from porchlight.core.on_call import FARTHEST, LONGEST
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Action, Actor, decide
from porchlight.server.accounts.models import User
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit, emit
from porchlight.server.on_call.access.rota import state_of
from porchlight.server.on_call.models import Shift

RELIEVED_TOPIC = "on_call.relieved"


@action("on_call.add_shift")
def add_shift(*, by: Actor, starts_at: datetime, ends_at: datetime) -> Shift:
    """Be on call from then till then. Raises Refused, NotFound."""
    decide(by, Action.SHIFT_ADD, {}).require()
    own = own_id(by)
    # The person's own row is held, so that two shifts sent at once cannot overlap.
    list(User.objects.select_for_update().filter(pk=own).values_list("pk"))
    objections = _objections(by, starts_at, ends_at, clock.now())
    if objections:
        raise Refused(objections)
    shift = Shift.objects.create(reviewer_id=own, starts_at=starts_at, ends_at=ends_at)
    audit(f"shift:{shift.pk}", starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat())
    return shift


@action("on_call.remove_shift")
def remove_shift(*, by: Actor, shift_id: UUID) -> None:
    """Take back an own shift that has not begun; one that runs is taken over instead. Raises Refused, NotFound."""
    shift = _locked(shift_id)
    _require(by, Action.SHIFT_REMOVE, shift)
    audit(f"shift:{shift.pk}")
    shift.delete()


@action("on_call.take_over")
def take_over(*, by: Actor, shift_id: UUID) -> Shift:
    """Be on call in another's place, from now (or the shift's start) to its end; they get a mail.

    A second click changes nothing. Raises Refused, Conflict("shift_moved_on") if it is over, NotFound.
    """
    shift, now = _locked(shift_id), clock.now()
    if str(shift.reviewer_id) == by.user_id:
        return shift
    if state_of(shift, now) == "past":
        raise Conflict("shift_moved_on")
    _require(by, Action.SHIFT_TAKE_OVER, shift)
    before, running = shift.reviewer_id, state_of(shift, now) == "running"
    if running:
        ends_at = shift.ends_at
        shift.ends_at = now
        shift.save(update_fields=["ends_at"])
        shift = Shift.objects.create(reviewer_id=own_id(by), starts_at=now, ends_at=ends_at)
    else:
        shift.reviewer_id = own_id(by)
        shift.save(update_fields=["reviewer"])
    audit(f"shift:{shift.pk}", instead_of=str(before))
    emit(RELIEVED_TOPIC, shift_id=shift.pk, reviewer_id=before)
    return shift


def own_id(by: Actor) -> UUID:
    """The reviewer's own account. Raises NotFound for nobody."""
    if by.user_id is None:
        raise NotFound
    return UUID(by.user_id)


def _objections(by: Actor, starts_at: datetime, ends_at: datetime, now: datetime) -> tuple[Reason, ...]:
    if ends_at <= starts_at:
        return (reason("shift_reversed"),)
    if ends_at <= now:
        return (reason("shift_past"),)
    found = []
    if ends_at - starts_at > LONGEST:
        found.append(reason("shift_too_long", days=LONGEST.days))
    if ends_at - now > FARTHEST:
        found.append(reason("shift_too_far", days=FARTHEST.days))
    own = Shift.objects.filter(reviewer_id=own_id(by), starts_at__lt=ends_at, ends_at__gt=starts_at)
    if own.exists():
        found.append(reason("shift_twice"))
    return tuple(found)


def _locked(shift_id: UUID) -> Shift:
    found = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if found is None:
        raise NotFound
    return found


def _require(by: Actor, act: Action, shift: Shift) -> None:
    facts = {"reviewer_id": str(shift.reviewer_id), "state": state_of(shift, clock.now())}
    if not decide(by, Action.SHIFT_READ, facts):
        raise NotFound
    decide(by, act, facts).require()
