"""The requests of the demo, each brought to its state by the people who bring it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from porchlight.demo.load import cases
from porchlight.demo.load.cases import Case, Moment
from porchlight.demo.load.people import Cast
from porchlight.demo.load.story import Story
from porchlight.demo.people import INES, NOOR, ROBIN, SAM
from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import seal_bytes
from porchlight.server.agencies.access import key_recipients_for_request
from porchlight.server.on_call import actions as on_call
from porchlight.server.transparency.actions import sequence
from porchlight.server.video_requests import access, actions

_ANSWERS = {"facts": "yes", "area": "yes", "time": "yes", "speech": "yes", "ties": "no"}
_TOO_WIDE = _ANSWERS | {"area": "no"}

_MOST_TRIES = 300

Shares = Callable[[UUID], None]


class Desk:
    """Robin asks, Ines signs, Noor decides; every step settles before the next."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story, self.cast = story, cast

    def draft(self, case: Case, at: Moment) -> UUID:
        """Robin writes the request."""
        self._go(at)
        draft = access.Draft(
            area=case.area(),
            starts_at=self._moment(case.starts),
            ends_at=self._moment(case.ends),
            offense=case.offense,
            case_number=f"AF-{self.story.today:%y}-{case.number:05}",
            factual_basis=case.basis,
            public_summary=case.summary,
            flags=frozenset({"danger_to_life"}) if case.danger else frozenset(),
            danger_reason=case.danger,
        )
        return UUID(str(actions.save_draft(by=self.cast.actor(ROBIN), draft=draft).pk))

    def submit(self, case: Case, at: Moment) -> UUID:
        """Robin writes and sends it; Robin's browser makes Q and wraps its secret to each key that must have it."""
        request_id = self.draft(case, at)
        robin, key = self.cast.actor(ROBIN), generate_identity()
        wraps = [
            actions.Wrap(each.key_id, seal_bytes(f"{key.secret}\n".encode(), [each.recipient]))
            for each in key_recipients_for_request(robin)
        ]
        self.story.at += timedelta(minutes=4 if case.danger else 12)
        actions.submit(by=robin, request_id=request_id, q_recipient=key.recipient, wraps=wraps)
        self.story.settle()
        return request_id

    def sign(self, request_id: UUID, at: Moment) -> None:
        """Ines signs, with her second factor passed again."""
        self._go(at)
        actions.sign(by=self.cast.actor(INES), request_id=request_id)
        self.story.settle()

    def decide(self, request_id: UUID, at: Moment, verdict: str, reason: str) -> None:
        """Noor decides."""
        self._go(at)
        actions.decide(
            by=self.cast.actor(NOOR),
            request_id=request_id,
            verdict=verdict,
            checklist=_ANSWERS if verdict == "approve" else _TOO_WIDE,
            public_reason=reason,
        )
        self.story.settle()

    def _go(self, at: Moment) -> None:
        self.story.go_to(self._moment(at))

    def _moment(self, moment: Moment):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a datetime in UTC
        return self.story.moment(moment.days_ago, moment.hour, moment.minute)

    def approve_what_is_drawn(self, request_id: UUID, at: Moment, reason: str) -> None:
        """Noor approves, and the log draws it for a second look, as it does one in ten.

        A town with one approval that was drawn is a rare town, so the fill tries until it is one: what did not become a
        part of the story never happened.
        """
        self._go(at)
        sequence()
        for _ in range(_MOST_TRIES):
            with transaction.atomic():
                actions.decide(
                    by=self.cast.actor(NOOR),
                    request_id=request_id,
                    verdict="approve",
                    checklist=_ANSWERS,
                    public_reason=reason,
                )
                sequence()
                actions.draw_looks()
                found = access.looks_of(request_id)
                if not found:
                    transaction.set_rollback(True)
            if found:
                break
        self.story.settle()

    def look_again(self, request_id: UUID, at: Moment, reason: str) -> None:
        """Sam, who had no part in it, looks again and agrees."""
        self._go(at)
        sam = self.cast.actor(SAM)
        for row in access.looks_for(sam):
            if row.request.pk == request_id:
                actions.answer_look(
                    by=sam, look_id=row.look.pk, result="agreed", checklist=_ANSWERS, public_reason=reason
                )
        self.story.settle()

    def be_on_call(self) -> None:
        """Noor and Sam share the weeks around today; each entered the own shifts."""
        for week, who in enumerate((SAM, NOOR, SAM, NOOR)):
            start = self.story.moment(14 - 7 * week, 8)
            on_call.add_shift(by=self.cast.actor(who), starts_at=start, ends_at=start + timedelta(days=7))

    def hurry(self, case: Case, days_ago: int) -> None:
        """The urgent request: signed at once, Noor is paged and on it, approved; next day the man was found."""
        request_id = self.submit(case, Moment(days_ago, 8, 5))
        self.sign(request_id, Moment(days_ago, 8, 15))
        self._go(Moment(days_ago, 8, 18))
        on_call.acknowledge(by=self.cast.actor(NOOR), request_id=request_id)
        actions.decide(
            by=self.cast.actor(NOOR),
            request_id=request_id,
            verdict="approve",
            checklist=_ANSWERS | {"danger": "yes"},
            public_reason=cases.URGENT_REASON,
        )
        self.story.settle()
        self._go(Moment(days_ago - 1, 9))
        actions.withdraw(by=self.cast.actor(ROBIN), request_id=request_id)
        self.story.settle()


def tell_the_past(desk: Desk, share_for: Shares) -> None:
    """What was rejected, what was approved and answered, what came back."""
    desk.be_on_call()
    rejected = desk.submit(cases.REJECTED, Moment(12, 10))
    desk.sign(rejected, Moment(12, 11, 30))
    desk.decide(rejected, Moment(11, 9, 15), "reject", cases.REJECT_REASON)
    shared = desk.submit(cases.SHARED, Moment(7, 9))
    desk.sign(shared, Moment(7, 10, 5))
    desk.approve_what_is_drawn(shared, Moment(7, 15, 40), cases.APPROVE_REASON)
    desk.story.go_to(desk.story.moment(6, 19, 20))
    share_for(shared)
    desk.story.settle()
    desk.hurry(cases.URGENT, 5)
    desk.look_again(shared, Moment(4, 8, 30), cases.LOOK_REASON)
    returned = desk.submit(cases.RETURNED, Moment(4, 9))
    desk.sign(returned, Moment(4, 11))
    desk.decide(returned, Moment(3, 10, 20), "return", cases.RETURN_REASON)


def tell_the_present(desk: Desk) -> None:
    """What is open to owners, what waits, what is being written."""
    asked = desk.submit(cases.OPEN, Moment(2, 9))
    desk.sign(asked, Moment(2, 10, 30))
    desk.decide(asked, Moment(2, 16, 5), "approve", cases.APPROVE_REASON)
    waiting = desk.submit(cases.WAITING, Moment(1, 9, 30))
    desk.sign(waiting, Moment(1, 10))
    desk.submit(cases.TO_SIGN, Moment(1, 14))
    desk.draft(cases.DRAFT, Moment(1, 16, 40))
