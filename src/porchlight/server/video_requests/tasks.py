"""Background work of this domain: mail to the agency's own people, and the end of requests."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.core.visibility import Side
from porchlight.server.agencies.models import Officer
from porchlight.server.foundation import mail
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.foundation.outbox import handler
from porchlight.server.foundation.sides import base_url
from porchlight.server.foundation.worker import every
from porchlight.server.video_requests.access.looks import paused_and_over, undrawn
from porchlight.server.video_requests.actions.ending import expire
from porchlight.server.video_requests.actions.looking import draw_looks, end_looks
from porchlight.server.video_requests.actions.telling import MAIL_TOPIC
from porchlight.server.video_requests.models import VideoRequest

_SUBJECTS: dict[str, Promise] = {
    "submitted": _("A video request waits for your signature"),
    "sent_back": _("Your supervisor sent a video request back"),
    "returned": _("The review desk returned a video request"),
    "rejected": _("The review desk rejected a video request"),
    "approved": _("The review desk approved a video request"),
    "withdrawn": _("A video request was withdrawn"),
    "closed": _("A video request has closed"),
}


@handler(MAIL_TOPIC, for_agency=True)
def mail_agency(event: OutboxEvent, _now: datetime) -> bool:
    """Tell the supervisors what waits for them, and the author what became of it. No fact of the case is in the mail.

    What it says follows from the agency's acts and the review desk's alone, never from anything an owner does.
    """
    subject = _SUBJECTS.get(event.payload["move"])
    request = VideoRequest.objects.select_related("created_by").filter(pk=event.payload["request_id"]).first()
    if subject is None or request is None:
        return True
    for officer_id, address, language in _addresses(request, event.payload["move"]):
        with translation.override(language):
            mail.send(
                to=address,
                subject=str(subject),
                text=_text(str(subject), request),
                headers={"Message-ID": _message_id(event, officer_id)},
            )
    return True


@every(timedelta(minutes=1), "video_requests.expire")
def close_expired(now: datetime) -> bool:
    """Close what owners had their time for."""
    return expire(now=now)


@every(timedelta(seconds=5), "second_look.draw")
def draw(_now: datetime) -> bool:
    """Draw the approvals that have their place in the log. Looks first, so that an idle log takes no lock."""
    return draw_looks() if undrawn() else False


@every(timedelta(minutes=1), "second_look.end")
def end_pauses(_now: datetime) -> bool:
    """A pause ends with its request."""
    return end_looks() if paused_and_over() else False


def _addresses(request: VideoRequest, move: str) -> list[tuple[str, str, str]]:
    """(officer's id, mail address, language) of those who are told."""
    people = Officer.objects.filter(agency_id=request.agency_id, left_at=None)
    if move == "submitted":
        people = people.filter(is_supervisor=True).exclude(user_id=request.created_by_id)
    else:
        people = people.filter(user_id=request.created_by_id)
    found = people.order_by("id").values_list("id", "user__email", "user__language")
    return [(str(officer_id), address, language) for officer_id, address, language in found]


def _text(subject: str, request: VideoRequest) -> str:
    address = f"{base_url(Side.AGENCY)}/requests/{request.pk}/"
    return gettext("%(subject)s.\n\nSign in to see it:\n%(address)s\n") % {
        "subject": subject,
        "address": address,
    }


def _message_id(event: OutboxEvent, officer_id: str) -> str:
    """The same for a mail that is sent again, so that it counts as one; of nothing that counts other events."""
    payload = event.payload
    name = f"{payload['move']}-{payload['round']}-{payload['request_id']}-{officer_id}"
    return f"<{name}@{settings.PORCHLIGHT.host}>"
