"""The ladder of pages. Each step is one transaction: who is paged, the messages to them, and the next step's event.

Invariants: a step is taken once, however often its event is handled; after the decision no step is taken and no message
leaves (`tasks` looks again right before it sends); a worker that dies between two steps loses none, as the next one is a
row in the outbox.
"""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import Conflict, NotFound
from porchlight.core.on_call import EVERYBODY, FIRST, STEP, ladder, on_call, to_page
from porchlight.core.visibility import Action, Actor, Side, decide
from porchlight.server.accounts.models import User
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit, emit
from porchlight.server.on_call.access.alarms import facts_of, is_over, ways_of
from porchlight.server.on_call.access.rota import duty, shifts_from
from porchlight.server.on_call.actions.rota import own_id
from porchlight.server.on_call.models import Alarm, Page
from porchlight.server.video_requests.models import VideoRequest

STEP_TOPIC, MAIL_TOPIC, HOOK_TOPIC, GAP_TOPIC = (
    "on_call.step",
    "on_call.mail",
    "on_call.webhook",
    "on_call.nobody",
)


@action("on_call.open_alarm")
def open_alarm(*, request_id: UUID, round_: int) -> None:
    """Begin to page for an urgent request that was signed. Doing it again changes nothing."""
    request = VideoRequest.objects.filter(pk=request_id).first()
    if request is None or request.round != round_:
        return
    alarm, made = Alarm.objects.get_or_create(request=request, round=round_)
    if made:
        _take(_locked(alarm.pk), FIRST)


@action("on_call.advance")
def advance(*, alarm_id: UUID, step: int) -> None:
    """Take this step unless it was taken, or enough reviewers have said that they are on it."""
    alarm = _locked(alarm_id)
    if alarm.step < step and not is_over(alarm) and ways_of(alarm) < alarm.request.reviewers_needed:
        _take(alarm, step)


@action("on_call.acknowledge")
def acknowledge(*, by: Actor, request_id: UUID) -> None:
    """Say that one is on it; a reviewer who was not paged may too. A second click changes nothing.

    Raises Conflict("alarm_over") when it does not wait any more, NotFound.
    """
    alarm = _open(by, request_id)
    decide(by, Action.ALARM_ACKNOWLEDGE, facts_of(alarm)).require()
    page, _made = Page.objects.get_or_create(alarm=alarm, reviewer_id=own_id(by))
    if page.acknowledged_at is None:
        page.acknowledged_at, page.handed_on_at = clock.now(), None
        page.save(update_fields=["acknowledged_at", "handed_on_at"])
        audit(f"video_request:{request_id}", step=alarm.step)


@action("on_call.hand_on")
def hand_on(*, by: Actor, request_id: UUID) -> None:
    """Say that one cannot: for ties, or any other cause; nobody asks which. The next are paged at once.

    Raises Refused for who was not paged, Conflict("alarm_over"), NotFound.
    """
    alarm = _open(by, request_id)
    page = alarm.pages.filter(reviewer_id=own_id(by)).first()
    if page is not None and page.handed_on_at is not None:
        return
    decide(by, Action.ALARM_HAND_ON, facts_of(alarm)).require()
    assert page is not None  # noqa: S101 - who is among `paged_ids` has a page
    page.handed_on_at, page.acknowledged_at = clock.now(), None
    page.save(update_fields=["acknowledged_at", "handed_on_at"])
    audit(f"video_request:{request_id}", step=alarm.step)
    alarm = _locked(alarm.pk)
    if ways_of(alarm) < alarm.request.reviewers_needed:
        _take(alarm, min(alarm.step + 1, EVERYBODY))


def _take(alarm: Alarm, step: int) -> None:
    now = clock.now()
    duties = [duty(each) for each in shifts_from(now)]
    on_duty = on_call(duties, now)
    people = to_page(
        step,
        needed=alarm.request.reviewers_needed,
        rota=ladder(duties, now),
        now_on_call=on_duty,
        everybody=_desk(),
        already=[str(each.reviewer_id) for each in alarm.pages.all()],
    )
    for person in people:
        page = Page.objects.create(alarm=alarm, reviewer_id=UUID(person), paged_at=now)
        emit(MAIL_TOPIC, page_id=page.pk)
        emit(HOOK_TOPIC, page_id=page.pk)
    alarm.step = step
    alarm.save(update_fields=["step"])
    audit(f"video_request:{alarm.request_id}", step=step, paged=len(people))
    if not on_duty or step == EVERYBODY:
        emit(GAP_TOPIC, alarm_id=alarm.pk, step=step)
    if step < EVERYBODY:
        emit(STEP_TOPIC, alarm_id=alarm.pk, step=step + 1, available_at=now + STEP)


def _desk() -> list[str]:
    """Everybody at the review desk."""
    rows = User.objects.filter(side=Side.REVIEW.value, is_active=True).order_by("joined_at", "pk")
    return [str(each) for each in rows.values_list("pk", flat=True)]


def _open(by: Actor, request_id: UUID) -> Alarm:
    """The alarm of the request's present round, locked. Raises NotFound, Conflict."""
    found = Alarm.objects.filter(request_id=request_id).order_by("-round").first()
    if found is None or not decide(by, Action.ALARM_READ, {}):
        raise NotFound
    alarm = _locked(found.pk)
    if is_over(alarm):
        raise Conflict("alarm_over")
    return alarm


def _locked(alarm_id: UUID) -> Alarm:
    found = (
        Alarm.objects.select_for_update(of=("self",)).select_related("request").filter(pk=alarm_id).first()
    )
    if found is None:
        raise NotFound
    return found
