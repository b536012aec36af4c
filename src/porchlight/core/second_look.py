"""Which approvals are looked at again, drawn by the public log, and by whom. Pure; docs/second-look.md specifies it.

The draw of an approval is SHA-256 over a fixed text, the root hash of the log's tree of which the decision is the last
entry, and the request's id. It is drawn when the number lies in the lowest tenth. Where a checkpoint was signed plays no
part, so the server cannot choose by choosing when to sign.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from porchlight.core.reasons import Decision, reason

DOMAIN = b"porchlight second look v1\n"
ONE_IN = 10
_HASH_BYTES = 32


class LookResult(StrEnum):
    """What the second look says."""

    AGREED = "agreed"
    WOULD_REFUSE = "would_refuse"


class LookState(StrEnum):
    """`PAUSED`: it would have been refused and the request is open: two more reviewers are asked. `DONE`: the end."""

    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"


def draw(root: bytes, request_id: UUID) -> int:
    """A number from 0 to 2**256 - 1. `root`: of the tree of size index + 1, the decision's entry at `index`."""
    if len(root) != _HASH_BYTES:
        raise ValueError("a root has 32 bytes")
    return int.from_bytes(hashlib.sha256(DOMAIN + root + request_id.bytes).digest(), "big")


def is_drawn(root: bytes, request_id: UUID) -> bool:
    """Whether this approval is looked at again: one in ten."""
    return draw(root, request_id) * ONE_IN < 1 << 8 * _HASH_BYTES


def may_look(reviewer: str, *, decided_by: Collection[str], ties: bool) -> Decision:
    """The second look is another person's than those who approved it."""
    return Decision.unless(
        reason("reviewer_already_decided") if reviewer in decided_by else None,
        reason("reviewer_declared_conflict") if ties else None,
    )


def may_reconsider(
    reviewer: str, *, looked_by: str, decided_by: Collection[str], answered_by: Collection[str], ties: bool
) -> Decision:
    """Whether this reviewer may be one of the two who decide on a paused request.

    Not who gave the second look, nobody twice, and at most one of those who approved it: one of the two is new to it.
    """
    both_old = reviewer in decided_by and any(each in decided_by for each in answered_by)
    return Decision.unless(
        reason("reviewer_gave_second_look") if reviewer == looked_by else None,
        reason("reviewer_already_decided") if reviewer in answered_by else None,
        reason("second_look_needs_new_eyes") if both_old else None,
        reason("reviewer_declared_conflict") if ties else None,
    )


def reconsidered(answers: Collection[LookResult]) -> LookResult | None:
    """What the two come to, None while one is missing. The stricter counts: one who would refuse is enough."""
    if LookResult.WOULD_REFUSE in answers:
        return LookResult.WOULD_REFUSE
    return LookResult.AGREED if len(answers) >= RECONSIDERING else None


RECONSIDERING = 2
DUE = timedelta(days=7)
