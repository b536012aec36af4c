"""The sender of due notices. What it meets (bounces, refusals, a server that is away) stays on the platform's side."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import RequestState
from porchlight.server.foundation import clock, mail
from porchlight.server.foundation.leases import at_lone_start
from porchlight.server.foundation.worker import every
from porchlight.server.households.access import Member, asks_allowed, members_of
from porchlight.server.notifications import actions
from porchlight.server.notifications.models import Notice
from porchlight.server.notifications.tasks.wording import compose
from porchlight.server.video_requests.access import OpenRequest, open_request

_AWAY = timedelta(seconds=15)
_MARGIN = timedelta(seconds=25)
_log = logging.getLogger(__name__)


@every(timedelta(milliseconds=500), "notifications.send_due")
def send_due(now: datetime) -> bool:
    """Send one batch over one connection; True if there may be more due right now."""
    batch = actions.claim_due(now=now)
    ready = [(notice, *found) for notice in batch if (found := _still_wanted(notice)) is not None]
    if not ready:
        return len(batch) == actions.BATCH
    connection = get_connection()
    try:
        connection.open()
        _send(ready, connection)
    except (smtplib.SMTPException, OSError) as error:
        _log.warning("the mail server did not answer (%s); notices wait", type(error).__name__)
        actions.release(notices_left=[notice for notice, *_ in ready], until=now + _AWAY)
        return False
    finally:
        connection.close()
    return len(batch) == actions.BATCH


@at_lone_start
def _free_the_dead(now: datetime) -> None:
    actions.release_dead(now=now)


def _send(ready: list[tuple[Notice, OpenRequest, Member]], connection: BaseEmailBackend) -> None:
    """Each row is marked right after its mail was taken. Raises when the server is gone; that counts no try."""
    for notice, request, member in ready:
        if notice.leased_until is not None and clock.now() > notice.leased_until - _MARGIN:
            return  # the rest goes with the next batch, before somebody else takes it
        ready_mail = compose(notice, request, member)
        try:
            mail.send(
                to=member.email,
                subject=ready_mail.subject,
                text=ready_mail.text,
                html=ready_mail.html,
                headers=ready_mail.headers,
                connection=connection,
            )
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused):
            actions.mark_refused(notice=notice, now=clock.now())
        else:
            actions.mark_sent(notice=notice, now=clock.now())


def _still_wanted(notice: Notice) -> tuple[OpenRequest, Member] | None:
    """The request and the member, if the notice may still go out; else the notice is dropped."""
    request = _asking(notice.request_id)
    member = next(
        (each for each in members_of([notice.household_id]) if each.user_id == notice.user_id), None
    )
    if (
        request is None
        or member is None
        or not asks_allowed(notice.household_id, agency_id=request.agency_id, offense=request.offense)
    ):
        actions.drop(notice=notice)
        return None
    return request, member


def _asking(request_id: UUID) -> OpenRequest | None:
    try:
        request = open_request(request_id)
    except NotFound:
        return None
    return request if request.state == RequestState.APPROVED and clock.now() < request.closes_at else None
