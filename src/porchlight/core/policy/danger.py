"""Danger to life: what the mark must come with, and what the review desk finds of it.

The mark moves a request to the front of two queues. It changes no check, no number of reviewers, no move and no moment
at which an owner is written to; `tests/core/test_policy_danger.py` says so for all facts.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from porchlight.core.policy.case_numbers import canonical_case_number
from porchlight.core.policy.facts import RequestFacts
from porchlight.core.reasons import Reason
from porchlight.core.wording import DANGER_REASON, text_reasons

ANSWERS = ("yes", "no", "unsure")
"""What a reviewer may say to "was danger to life given?"."""


class Danger(StrEnum):
    """What the review desk found of a mark."""

    GIVEN = "given"
    NOT_GIVEN = "not_given"
    UNCLEAR = "unclear"


def danger_reasons(request: RequestFacts) -> tuple[Reason, ...]:
    """What is wrong with the reason for the mark; nothing where there is no mark."""
    if not request.danger_to_life:
        return ()
    return text_reasons(
        request.danger_reason, DANGER_REASON, case_number=canonical_case_number(request.case_number)
    )


def danger_found(answers: Collection[str]) -> Danger:
    """What the reviewers' answers come to: as with verdicts the strictest counts. Raises ValueError for none."""
    if not answers or not set(answers) <= set(ANSWERS):
        raise ValueError("each reviewer answers yes, no or unsure")
    if "no" in answers:
        return Danger.NOT_GIVEN
    return Danger.UNCLEAR if "unsure" in answers else Danger.GIVEN


def stricter(before: str, now: Danger) -> Danger:
    """What stands after another round: a mark that was once found wrong stays counted as that. Empty: nothing yet."""
    order = (Danger.GIVEN, Danger.UNCLEAR, Danger.NOT_GIVEN)
    return max(now, Danger(before), key=order.index) if before else now
