"""The sender of due notices. What it meets (bounces, refusals, a server that is away) stays on the platform's side."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from functools import partial
from itertools import zip_longest
from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.server.foundation import clock, mail
from porchlight.server.foundation.durability import repeatable
from porchlight.server.foundation.leases import at_lone_start
from porchlight.server.foundation.worker import every
from porchlight.server.households.access import Member, members_of, opted_out
from porchlight.server.notifications import actions
from porchlight.server.notifications.access.choices import without_request_mail
from porchlight.server.notifications.models import Notice
from porchlight.server.notifications.tasks.wording import Drafts
from porchlight.server.video_requests.access import OpenRequest, open_request

_Ready = tuple[Notice, OpenRequest, Member]
_AWAY = timedelta(seconds=15)
_PAUSED = timedelta(minutes=5)
_MARGIN = timedelta(seconds=25)


# Alone, so that mail to an agency finds a free worker while one is at a batch of notices.
@every(timedelta(milliseconds=500), "notifications.send_due", lone=True)
def send_due(now: datetime) -> bool:
    """Send one batch over one connection; True if there may be more due right now.

    Raises SMTPException or OSError when the mail server is away; what was not sent waits.
    """
    batch = actions.claim_due(now=now)
    ready = _still_wanted(batch)
    if not ready:
        return len(batch) == actions.BATCH
    try:
        with mail.posting() as post, repeatable():
            _send(ready, post)
    except (smtplib.SMTPException, OSError):
        # No try is counted; the worker says once that the mail server is away, and once that it is back.
        actions.release(notices_left=[notice for notice, *_ in ready], until=now + _AWAY)
        raise
    return len(batch) == actions.BATCH


@at_lone_start
def _free_the_dead(now: datetime) -> None:
    actions.release_dead(now=now)


class _Coming:
    """The mail of one notice, put together in pieces while the server is at the mail before."""

    def __init__(self, drafts: Drafts, notice: Notice, request: OpenRequest, member: Member) -> None:
        self.notice = notice
        self._words = partial(drafts.mail, notice, request, member)
        self._to = member.email
        self._letter: mail.Letter | None = None

    def piece(self) -> None:
        """Do the next piece of it, if there is one left."""
        if self._letter is not None:
            _ = self._letter.data
            return
        words = self._words()
        self._letter = mail.Letter(
            mail.written(
                to=self._to,
                subject=words.subject,
                text=words.text,
                html=words.html,
                headers=words.headers,
                form=words.form,
                link=words.link,
            )
        )

    def letter(self) -> mail.Letter:
        """The whole of it."""
        while self._letter is None:
            self.piece()
        return self._letter


def _send(ready: list[_Ready], post: mail.Posting) -> None:
    """Each row is marked right after its mail was taken. Raises when the server is gone; that counts no try.

    While the server is at one mail, the mark of the one before is written and the next is put together: a worker that is
    killed in the middle may have sent two mails that are not marked. They are sent again with the same Message-ID, as is
    one whose mark a power cut undoes.
    """
    drafts = Drafts()
    mails = [_Coming(drafts, *each) for each in ready]
    last: tuple[Notice, mail.Handed] | None = None
    try:
        for this, following in zip_longest(mails, mails[1:]):
            if this.notice.leased_until is not None and clock.now() > this.notice.leased_until - _MARGIN:
                break  # the rest goes with the next batch, before somebody else takes it
            letter = this.letter()
            if last is not None:
                last[1].answered()
            before, last = last, None
            try:
                last = (this.notice, post.hand(letter, following.piece if following else _nothing))
            finally:
                if before is not None:
                    _mark(*before)
    finally:
        if last is not None:
            _mark(*last)


def _nothing() -> None:
    """What is left to do behind the last mail."""


def _mark(notice: Notice, handed: mail.Handed) -> None:
    if handed.answered():
        actions.mark_sent(notice=notice, now=clock.now())
    else:
        actions.mark_refused(notice=notice, now=clock.now())


def _still_wanted(batch: list[Notice]) -> list[_Ready]:
    """Those that may still go out, in their order, with the request and the member; the others are dropped."""
    requests = {request_id: _asking(request_id) for request_id in {notice.request_id for notice in batch}}
    members = {member.user_id: member for member in members_of({notice.household_id for notice in batch})}
    unwanted = without_request_mail(members)
    ready: list[_Ready] = []
    for request_id, request in requests.items():
        own = [notice for notice in batch if notice.request_id == request_id]
        if request is not None and request.paused:
            actions.release(notices_left=own, until=clock.now() + _PAUSED)
            continue
        households = {notice.household_id for notice in own}
        no_more = households
        if request is not None:
            no_more = opted_out(households, agency_id=request.agency_id, offense=request.offense)
        for notice in own:
            member = members.get(notice.user_id)
            unasked = notice.household_id in no_more or notice.user_id in unwanted
            if request is None or member is None or unasked:
                actions.drop(notice=notice)
            else:
                ready.append((notice, request, member))
    return sorted(ready, key=lambda each: each[0].send_at)


def _asking(request_id: UUID) -> OpenRequest | None:
    try:
        request = open_request(request_id)
    except NotFound:
        return None
    return request if request.stands_at(clock.now()) else None
