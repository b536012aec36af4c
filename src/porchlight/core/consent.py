"""May this clip's key be released to this request now?

The one gate before footage. It knows no staff, no emergency and no override: the only input that opens it is the
owner's own consent, which names one clip and one request.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from porchlight.core.clock import in_utc
from porchlight.core.lifecycle import RequestState
from porchlight.core.reasons import Decision, Reason, reason

MOST_FILES = 25


@dataclass(frozen=True)
class Consent:
    """An owner's act of sharing one clip for one request. Ids are text, moments aware."""

    household_id: str
    clip_id: str
    request_id: str
    given_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class ShareFacts:
    """What is to be released (the clip, whose household it is, the request) and the consent for it, if any.

    `paused`: an owner reported the request and a reviewer has not yet looked; only the owners' side knows.
    """

    clip_id: str
    clip_household_id: str
    request_id: str
    request_state: RequestState
    request_closes_at: datetime
    consent: Consent | None
    paused: bool = False
    case_closed_at: datetime | None = None


@dataclass(frozen=True)
class AnswerFacts:
    """What decides whether an owner may share (more) for a request now.

    `asked`: the household was asked, or holds a link to the request. `files`: shared by it so far, without this one.
    """

    request_state: RequestState
    request_closes_at: datetime
    asked: bool
    paused: bool = False
    files: int = 0
    most_files: int = MOST_FILES
    case_closed_at: datetime | None = None


def may_release(facts: ShareFacts, at: datetime) -> Decision:
    """Whether this clip's key may be wrapped for this request now.

    Refuses unless the owner's own, unexpired, unwithdrawn consent names this clip and this request, and the request
    is approved, open and not paused. There is no override.
    """
    at = in_utc(at)
    return Decision.unless(*_against_consent(facts, at), *_against_request(facts, at))


def may_open(facts: ShareFacts, at: datetime) -> Decision:
    """Whether what was released may still be opened by the agency: as long as the consent stands.

    A request that closed or was withdrawn takes no more shares, and leaves the ones it has until they expire; one
    whose approval was taken back opens nothing.
    """
    at = in_utc(at)
    revoked = facts.request_state is RequestState.REJECTED
    return Decision.unless(*_against_consent(facts, at), reason("request_not_approved") if revoked else None)


def may_share(facts: AnswerFacts, at: datetime) -> Decision:
    """Whether the owner may share one more file for the request now."""
    at = in_utc(at)
    return Decision.unless(
        None if facts.asked else reason("request_not_for_this_household"),
        *_not_open(facts.request_state, facts.request_closes_at, at),
        reason("request_paused") if facts.paused else None,
        reason("case_closed") if _past(facts.case_closed_at, at) else None,
        reason("too_many_files", files=facts.files, most=facts.most_files)
        if facts.files >= facts.most_files
        else None,
    )


def _against_consent(facts: ShareFacts, at: datetime) -> Iterator[Reason]:
    consent = facts.consent
    if consent is None:
        yield reason("consent_missing")
        return
    if consent.clip_id != facts.clip_id:
        yield reason("consent_for_another_clip")
    if consent.request_id != facts.request_id:
        yield reason("consent_for_another_request")
    if consent.household_id != facts.clip_household_id:
        yield reason("consent_not_by_owner")
    if in_utc(consent.given_at) > at:
        yield reason("consent_not_yet_given")
    if _past(consent.withdrawn_at, at):
        yield reason("consent_withdrawn")
    if _past(consent.expires_at, at):
        yield reason("consent_expired")
    if _past(facts.case_closed_at, at):
        yield reason("case_closed")


def _against_request(facts: ShareFacts, at: datetime) -> Iterator[Reason]:
    yield from _not_open(facts.request_state, facts.request_closes_at, at)
    if facts.paused:
        yield reason("request_paused")


def _not_open(state: RequestState, closes_at: datetime, at: datetime) -> Iterator[Reason]:
    if state is not RequestState.APPROVED:
        yield reason("request_not_approved")
    elif _past(closes_at, at):
        yield reason("request_closed")


def _past(moment: datetime | None, at: datetime) -> bool:
    """What ends at a moment has ended at that moment."""
    return moment is not None and in_utc(moment) <= at
