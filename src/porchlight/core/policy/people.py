"""Who may sign and who may decide, how many must, and what their verdicts come to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from porchlight.core.lifecycle import RequestEvent
from porchlight.core.offenses import Concern, offense_type
from porchlight.core.policy.facts import AgencyFacts, RequestFacts
from porchlight.core.reasons import Decision, Reason, reason

PersonId = UUID | str | int

ALONE = 1
_WORDS: dict[Concern, re.Pattern[str]] = {
    Concern.ASSEMBLY: re.compile(
        r"\b(?:protest\w*|demonstrat\w+|rall(?:y|ies)|picket\w*|vigils?|marche[rs]s?|an? march|assembl(?:y|ies)|parade)\b",
        re.IGNORECASE,
    ),
    Concern.SPEECH: re.compile(
        r"\b(?:leaflet\w*|flyers?|banners?|slogans?|chant\w*|speech(?:es)?|petition\w*|campaign\w*|yard signs?)\b",
        re.IGNORECASE,
    ),
    Concern.MINORS: re.compile(
        r"\b(?:child|children|juveniles?|teen\w*|students?|pupils?|school\w*|playgrounds?|day ?care|kindergarten)\b",
        re.IGNORECASE,
    ),
}


class Verdict(StrEnum):
    """What one reviewer says."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True)
class ReviewerFacts:
    """A reviewer: `agency_ids` are agencies they work or worked for, or are otherwise tied to."""

    user_id: PersonId
    agency_ids: Collection[PersonId] = ()


def may_sign(requester: PersonId, signer: PersonId) -> Decision:
    """A supervisor signs for another person's request, never for their own."""
    return Decision.unless(reason("signer_is_requester") if _same(requester, signer) else None)


def may_decide(
    reviewer: ReviewerFacts,
    *,
    agency_id: PersonId,
    requester: PersonId,
    signer: PersonId | None = None,
    decided_by: Collection[PersonId] = (),
    conflict_declared: bool = False,
) -> Decision:
    """Whether this reviewer may give a verdict: outside the agency, not part of the request, not twice.

    `decided_by`: who gave a verdict in this round. `conflict_declared`: the reviewer says there is one.
    """
    took_part = _same(reviewer.user_id, requester) or (signer is not None and _same(reviewer.user_id, signer))
    return Decision.unless(
        reason("reviewer_took_part") if took_part else None,
        reason("reviewer_tied_to_agency") if _among(agency_id, reviewer.agency_ids) else None,
        reason("reviewer_declared_conflict") if conflict_declared else None,
        reason("reviewer_already_decided") if _among(reviewer.user_id, decided_by) else None,
    )


def reviewers_needed(request: RequestFacts, agency: AgencyFacts) -> tuple[int, tuple[Reason, ...]]:
    """(1 or 2, why two). Two for assemblies, speech, minors, overlapping requests, a single officer."""
    reasons = tuple(_why_two(request, agency))
    return (2 if reasons else ALONE), reasons


def concerns_in(text: str) -> frozenset[Concern]:
    """What the words touch, by the words alone."""
    return frozenset(concern for concern, words in _WORDS.items() if words.search(text))


def ruling(needed: int, verdicts: Collection[Verdict]) -> RequestEvent | None:
    """What the verdicts come to, None while one is missing.

    All are waited for, so that nobody's answer sways another's. The strictest of them counts.
    """
    if needed < ALONE:
        raise ValueError("at least one reviewer decides")
    if len(verdicts) < needed:
        return None
    if Verdict.REJECT in verdicts:
        return RequestEvent.REJECT
    return RequestEvent.RETURN if Verdict.RETURN in verdicts else RequestEvent.APPROVE


def _why_two(request: RequestFacts, agency: AgencyFacts) -> Iterator[Reason]:
    """One reason for each concern, from the first source that raises it."""
    offense = offense_type(request.offense)
    listed = offense.concerns if offense else frozenset()
    answers = {
        Concern.ASSEMBLY: request.assembly,
        Concern.SPEECH: request.speech,
        Concern.MINORS: request.minors,
    }
    text = "\n".join(
        each[:5000] for each in (request.factual_basis, request.public_summary, request.danger_reason)
    )
    touched = concerns_in(text)
    for concern, answer in answers.items():
        source = (
            ("offense" if concern in listed else "")
            or ("answer" if answer else "")
            or ("area" if concern is Concern.MINORS and request.near_school else "")
            or ("words" if concern in touched else "")
        )
        if source:
            yield reason(f"two_reviewers_{concern}", source=source)
    overlapping = len(agency.overlapping) + len(agency.overlapping_of_others)
    if overlapping:
        yield reason("two_reviewers_overlapping", requests=overlapping)
    if agency.officers <= ALONE:
        yield reason("two_reviewers_single_officer")


def _same(one: PersonId, other: PersonId) -> bool:
    """Ids compare as text: a UUID and its text must not count as two people."""
    return str(one).casefold() == str(other).casefold()


def _among(one: PersonId, others: Collection[PersonId]) -> bool:
    return any(_same(one, other) for other in others)
