"""The states of a video request and of a share, and the moves between them.

Invariants, kept here and nowhere else:
- nothing reaches owners that was not submitted, then signed, then approved;
- a request that was returned can be changed and submitted again, and passes every step again;
- rejected, withdrawn and closed are final;
- a share ends before it is deleted, and what ended never becomes active again.

Who may make a move is said by `visibility` and `policy`, not here. A pause after an owner's report is no state:
the agency would see that somebody was asked. It is kept on the owners' side and only `consent` reads it.
"""

from __future__ import annotations

from enum import StrEnum

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason


class RequestState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class RequestEvent(StrEnum):
    SUBMIT = "submit"
    SIGN = "sign"
    SEND_BACK = "send_back"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class ShareState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DELETED = "deleted"


class ShareEvent(StrEnum):
    RENEW = "renew"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    CLOSE_CASE = "close_case"
    DELETE = "delete"


_S, _E = RequestState, RequestEvent
REQUEST_MOVES: dict[tuple[RequestState, RequestEvent], RequestState] = {
    (_S.DRAFT, _E.SUBMIT): _S.SUBMITTED,
    (_S.DRAFT, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _E.SIGN): _S.SIGNED,
    (_S.SUBMITTED, _E.SEND_BACK): _S.RETURNED,
    (_S.SUBMITTED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.SIGNED, _E.RETURN): _S.RETURNED,
    (_S.SIGNED, _E.REJECT): _S.REJECTED,
    (_S.SIGNED, _E.APPROVE): _S.APPROVED,
    (_S.SIGNED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.RETURNED, _E.SUBMIT): _S.SUBMITTED,
    (_S.RETURNED, _E.WITHDRAW): _S.WITHDRAWN,
    # A second look, after a report or by lot, can still take an approval back.
    (_S.APPROVED, _E.REJECT): _S.REJECTED,
    (_S.APPROVED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.APPROVED, _E.EXPIRE): _S.CLOSED,
}

_T, _V = ShareState, ShareEvent
SHARE_MOVES: dict[tuple[ShareState, ShareEvent], ShareState] = {
    (_T.ACTIVE, _V.RENEW): _T.ACTIVE,
    (_T.ACTIVE, _V.WITHDRAW): _T.WITHDRAWN,
    (_T.ACTIVE, _V.EXPIRE): _T.EXPIRED,
    (_T.ACTIVE, _V.CLOSE_CASE): _T.EXPIRED,
    (_T.WITHDRAWN, _V.DELETE): _T.DELETED,
    (_T.EXPIRED, _V.DELETE): _T.DELETED,
}

OPEN_STATES = frozenset({_S.SUBMITTED, _S.SIGNED, _S.RETURNED, _S.APPROVED})
"""What counts as open against the agency's limit: on its way, or with owners."""
EDITABLE_STATES = frozenset({_S.DRAFT, _S.RETURNED})
FINAL_STATES = frozenset({_S.REJECTED, _S.WITHDRAWN, _S.CLOSED})


def next_state(state: RequestState, event: RequestEvent) -> RequestState:
    """Where the event leads. Raises Refused (`move_not_possible`) if it leads nowhere from here."""
    try:
        return REQUEST_MOVES[state, event]
    except KeyError:
        raise Refused((reason("move_not_possible", state=str(state), event=str(event)),)) from None


def next_share_state(state: ShareState, event: ShareEvent) -> ShareState:
    """Where the event leads. Raises Refused (`move_not_possible`) if it leads nowhere from here."""
    try:
        return SHARE_MOVES[state, event]
    except KeyError:
        raise Refused((reason("move_not_possible", state=str(state), event=str(event)),)) from None


def possible_events(state: RequestState) -> frozenset[RequestEvent]:
    """What can happen next, so that a page offers nothing that would be refused."""
    return frozenset(event for (from_state, event) in REQUEST_MOVES if from_state == state)
