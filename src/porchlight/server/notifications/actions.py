"""Every write about notices.

Invariants: a member has one notice for a request, and it keeps its moment and its Message-ID for ever, so a mail that is
sent twice after a crash is the same mail; a row is marked right after the server took its mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from porchlight.core import notices
from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor
from porchlight.server.foundation import randomness
from porchlight.server.foundation.actions import action
from porchlight.server.notifications.models import MailChoice, Notice

BATCH = 100
LEASE = timedelta(seconds=60)
MOST_TRIES = 6
_BACKOFF = timedelta(minutes=2)
_SENT = f'UPDATE "{Notice._meta.db_table}" SET "sent_at" = %s, "leased_until" = NULL WHERE "id" = %s'  # noqa: S608, SLF001 - fixed words


@dataclass(frozen=True)
class Addressee:
    """Who gets a notice: a member of an invited household."""

    invitation_id: UUID
    household_id: UUID
    user_id: UUID


@action("notice.prepare")
def prepare(*, request_id: UUID, approved_at: datetime, addressees: Iterable[Addressee]) -> int:
    """Queue one notice each; who has one for this request keeps it. Returns how many rows."""
    window = timedelta(seconds=settings.PORCHLIGHT.notice_window_s)
    host = settings.PORCHLIGHT.host
    rows = [
        Notice(
            request_id=request_id,
            invitation_id=each.invitation_id,
            household_id=each.household_id,
            user_id=each.user_id,
            message_id=notices.message_id(randomness.token_bytes, host),
            send_at=notices.send_moment(randomness.token_bytes, approved_at, window),
        )
        for each in addressees
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@action("notice.claim")
def claim_due(*, now: datetime, most: int = BATCH) -> list[Notice]:
    """Take due notices under a lease, in the order of their moments."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = Notice.objects.filter(free, sent_at=None, given_up_at=None, send_at__lte=now)
    batch = list(due.select_for_update(skip_locked=True).order_by("send_at", "id")[:most])
    until = now + LEASE
    Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(leased_until=until)
    for notice in batch:
        notice.leased_until = until
    return batch


@action("notice.sent")
def mark_sent(*, notice: Notice, now: datetime) -> None:
    """The mail server took it."""
    # By hand: to put this one statement together anew for each mail would cost a quarter of the mail.
    key = Notice._meta.pk.get_db_prep_value(notice.pk, connection)  # noqa: SLF001 - Django's own name
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [moment, key])


@action("notice.refused")
def mark_refused(*, notice: Notice, now: datetime) -> None:
    """The mail server did not take this one: tried again later, and given up after some tries. Nobody is told."""
    tries = notice.attempts + 1
    change = {"given_up_at": now} if tries >= MOST_TRIES else {"leased_until": now + _BACKOFF * tries}
    Notice.objects.filter(pk=notice.pk).update(attempts=F("attempts") + 1, **change)


@action("notice.release")
def release(*, notices_left: list[Notice], until: datetime) -> None:
    """The mail server is away: what was not tried waits a little and counts no try."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices_left], sent_at=None).update(
        leased_until=until
    )


@action("notice.release_dead")
def release_dead(*, now: datetime) -> None:
    """No worker runs: what one had taken is free. A lease that outlasts LEASE is a pause after a refusal, and stays."""
    taken = Notice.objects.filter(sent_at=None, given_up_at=None, leased_until__gt=now)
    taken.filter(leased_until__lte=now + LEASE).update(leased_until=None)


@action("notice.drop")
def drop(*, notice: Notice) -> None:
    """A notice that must not go out any more: the request ended, or the household opted out meanwhile."""
    Notice.objects.filter(pk=notice.pk, sent_at=None).delete()


@action("notice.forget")
def forget(*, request_id: UUID, unsent_only: bool) -> None:
    """Remove the notices of a request that ended."""
    rows = Notice.objects.filter(request_id=request_id)
    (rows.filter(sent_at=None) if unsent_only else rows).delete()


@action("notice.forget_household")
def forget_household(*, household_id: UUID) -> None:
    """Remove a household's notices: it moved, or it is no more."""
    Notice.objects.filter(household_id=household_id).delete()


@action("notice.choose_mail")
def choose_mail(*, by: Actor, requests: bool, shares: bool) -> None:
    """Say which mail the actor wants. Raises NotFound for nobody."""
    if by.user_id is None:
        raise NotFound
    MailChoice.objects.update_or_create(user_id=by.user_id, defaults={"requests": requests, "shares": shares})
