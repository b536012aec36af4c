"""The requests of the demo, each brought to its state by the people who bring it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from porchlight.demo.load import cases
from porchlight.demo.load.cases import Case, Moment
from porchlight.demo.load.people import Cast
from porchlight.demo.load.story import Story
from porchlight.demo.people import INES, NOOR, ROBIN
from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import seal_bytes
from porchlight.server.agencies.access import key_recipients_for_request
from porchlight.server.video_requests import access, actions

_ANSWERS = {"facts": "yes", "area": "yes", "time": "yes", "speech": "yes", "ties": "no"}
_TOO_WIDE = _ANSWERS | {"area": "no"}

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
        self.story.at += timedelta(minutes=12)
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


def tell_the_past(desk: Desk, share_for: Shares) -> None:
    """What was rejected, what was approved and answered, what came back."""
    rejected = desk.submit(cases.REJECTED, Moment(12, 10))
    desk.sign(rejected, Moment(12, 11, 30))
    desk.decide(rejected, Moment(11, 9, 15), "reject", cases.REJECT_REASON)
    shared = desk.submit(cases.SHARED, Moment(7, 9))
    desk.sign(shared, Moment(7, 10, 5))
    desk.decide(shared, Moment(7, 15, 40), "approve", cases.APPROVE_REASON)
    desk.story.go_to(desk.story.moment(6, 19, 20))
    share_for(shared)
    desk.story.settle()
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
