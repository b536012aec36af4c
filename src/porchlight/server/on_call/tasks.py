"""Background work of this domain: the ladder's steps, and the messages. Each looks again before anything leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.foundation import mail, webhooks
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.outbox import handler
from porchlight.server.foundation.sides import base_url
from porchlight.server.on_call import actions
from porchlight.server.on_call.access import is_over
from porchlight.server.on_call.actions.paging import GAP_TOPIC, HOOK_TOPIC, MAIL_TOPIC, STEP_TOPIC
from porchlight.server.on_call.actions.rota import RELIEVED_TOPIC
from porchlight.server.on_call.models import Alarm, Page, Reach, Shift
from porchlight.server.ui import text

_TRIES = 4
_PAUSE = timedelta(seconds=20)
sender = webhooks.Sender()


@handler("video_request.urgent_signed")
def begin(event: OutboxEvent, _now: datetime) -> bool:
    """A supervisor signed a request that says a life is in danger."""
    actions.open_alarm(request_id=UUID(event.payload["request_id"]), round_=int(event.payload["round"]))
    return True


@handler(STEP_TOPIC)
def step(event: OutboxEvent, _now: datetime) -> bool:
    """The next step of a ladder, ten minutes after the one before."""
    actions.advance(alarm_id=UUID(event.payload["alarm_id"]), step=int(event.payload["step"]))
    return True


@handler(MAIL_TOPIC)
def mail_reviewer(event: OutboxEvent, _now: datetime) -> bool:
    """That an urgent request waits, and nothing of it. A mail that is sent again bears the same Message-ID."""
    page = _wanted(event)
    if page is None:
        return True
    address = f"{base_url(Side.REVIEW)}/requests/{page.alarm.request_id}/"
    with override(page.reviewer.language):
        mail.send(
            to=page.reviewer.email,
            subject=_("A request that says a life is in danger waits for the review desk"),
            text=_(
                "A request that says a life is in danger waits for the review desk.\n\n"
                "Sign in, and say that you are on it or hand it on:\n%(address)s\n\n"
                "If nobody is on it in ten minutes, the next reviewer is asked. Judge it by the same rules as always."
            )
            % {"address": address},
            headers={"Message-ID": f"<{page.pk}@{settings.PORCHLIGHT.host}>"},
        )
    return True


@handler(HOOK_TOPIC)
def call_webhook(event: OutboxEvent, now: datetime) -> bool:
    """The same by the reviewer's webhook, if they set one. Tried a few times while the request waits."""
    page = _wanted(event)
    reach = Reach.objects.filter(reviewer_id=page.reviewer_id).first() if page else None
    if page is None or reach is None:
        return True
    message = {
        "event": "urgent_request_waits",
        "id": str(page.pk),
        "text": "An urgent request waits.",
        "link": f"{base_url(Side.REVIEW)}/",
    }
    said, again = "", False
    try:
        target = webhooks.read_target(reach.url, allowed_hosts=settings.PORCHLIGHT.webhook_hosts)
        sender.post(target, message, reach.secret)
    except webhooks.NotSent as error:
        said, again = error.code, error.again
    actions.note_call(reviewer_id=page.reviewer_id, said=said, at=now)
    tries = int(event.cursor.get("tries", 0)) + 1
    event.cursor = {"tries": tries}
    if not again or tries >= _TRIES:
        return True
    _later(event, now + _PAUSE * tries)
    return False


@handler(GAP_TOPIC)
def tell_operators(event: OutboxEvent, _now: datetime) -> bool:
    """Nobody is on call, or nobody has answered: the operators hear of it, without a word of the case."""
    alarm = Alarm.objects.select_related("request").filter(pk=event.payload["alarm_id"]).first()
    if alarm is None or is_over(alarm):
        return True
    operators = User.objects.filter(side=Side.OPERATOR.value, is_active=True).order_by("joined_at", "pk")
    for person in operators:
        with override(person.language):
            mail.send(
                to=person.email,
                subject=_("Nobody at the review desk has taken an urgent request"),
                text=_(
                    "An urgent request waits, and no reviewer on call has taken it. All reviewers were asked.\n\n"
                    "See who is on call:\n%(address)s\n"
                )
                % {"address": f"{base_url(Side.OPERATOR)}/on-call/"},
                headers={
                    "Message-ID": f"<{alarm.pk.hex}-{event.payload['step']}-{person.pk.hex}@{settings.PORCHLIGHT.host}>"
                },
            )
    return True


@handler(RELIEVED_TOPIC)
def mail_relieved(event: OutboxEvent, _now: datetime) -> bool:
    """Who was on call, or would have been, is told who is now."""
    shift = Shift.objects.select_related("reviewer").filter(pk=event.payload["shift_id"]).first()
    person = User.objects.filter(pk=event.payload["reviewer_id"], is_active=True).first()
    if shift is None or person is None:
        return True
    with override(person.language):
        mail.send(
            to=person.email,
            subject=_("Another reviewer took over your shift"),
            text=_("%(name)s is on call in your place until %(until)s.\n\nSee the rota:\n%(address)s\n")
            % {
                "name": shift.reviewer.name,
                "until": text.moment_text(shift.ends_at),
                "address": f"{base_url(Side.REVIEW)}/on-call/",
            },
            headers={"Message-ID": f"<{shift.pk.hex}.{person.pk.hex}@{settings.PORCHLIGHT.host}>"},
        )
    return True


def _wanted(event: OutboxEvent) -> Page | None:
    """The page, unless the request was decided meanwhile, or the reviewer answered it or left."""
    page = (
        Page.objects.select_related("alarm__request", "reviewer").filter(pk=event.payload["page_id"]).first()
    )
    if page is None or is_over(page.alarm) or not page.reviewer.is_active:
        return None
    return page if page.acknowledged_at is None and page.handed_on_at is None else None


def _later(event: OutboxEvent, at: datetime) -> None:
    with housekeeping("on_call.later"):
        OutboxEvent.objects.filter(pk=event.pk).update(available_at=at)
