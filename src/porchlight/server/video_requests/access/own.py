"""The agency's doors to its own requests. A draft is seen by its author alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import RequestState
from porchlight.core.policy import Check
from porchlight.core.visibility import Action, Actor
from porchlight.server.agencies.access import current_key
from porchlight.server.agencies.models import Agency, Officer
from porchlight.server.foundation import clock
from porchlight.server.foundation.keyset import Page, page
from porchlight.server.video_requests.access.drafts import Draft, draft_of
from porchlight.server.video_requests.access.seeing import may, one, visible
from porchlight.server.video_requests.access.standing import checks_for, checks_when_sent
from porchlight.server.video_requests.models import KeyWrap, VideoRequest

MOST_TO_SIGN = 100


@dataclass(frozen=True)
class Case:
    """The requests under one case number, newest first; `number` is empty for drafts that have none yet."""

    number: str
    requests: tuple[VideoRequest, ...]


@dataclass(frozen=True)
class OwnWrap:
    """Q's secret, wrapped to one of the actor's own keys: a binary age file."""

    key_id: UUID
    ciphertext: bytes


@dataclass(frozen=True)
class Person:
    """Somebody of the agency as pages name them."""

    name: str
    title: str

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()


def agency_of(actor: Actor | None) -> Agency:
    """The actor's own agency. Raises NotFound."""
    found = Agency.objects.filter(pk=actor.agency_id).first() if actor and actor.agency_id else None
    if found is None:
        raise NotFound
    return found


def requests_of(actor: Actor | None) -> QuerySet[VideoRequest]:
    """The agency's own requests that the actor may read, what changed last first."""
    if actor is None or actor.agency_id is None:
        return VideoRequest.objects.none()
    return visible(actor).filter(agency_id=actor.agency_id).order_by("-changed_at", "id")


def requests_page(actor: Actor | None, after: str = "") -> Page[VideoRequest]:
    """A page of `requests_of`."""
    rows = requests_of(actor).select_related("created_by__officer")
    return page(rows, order=("-changed_at", "id"), after=after)


def request_for(actor: Actor | None, request_id: UUID | str) -> VideoRequest:
    """One of the agency's own requests. Raises NotFound for an absent one, another agency's, another's draft."""
    return one(actor, request_id, rows=requests_of(actor))


def cases_of(actor: Actor | None, after: str = "") -> Page[Case]:
    """A page of the agency's own requests by case, what changed last first; a long case may go on on the next page."""
    found = page(requests_of(actor), order=("-changed_at", "id"), after=after)
    cases: dict[str, list[VideoRequest]] = {}
    for request in found.rows:
        cases.setdefault(request.case_number, []).append(request)
    return found.of(tuple(Case(number, tuple(requests)) for number, requests in cases.items()))


def to_sign(actor: Actor | None) -> tuple[VideoRequest, ...]:
    """What waits for this supervisor: danger to life first, then what has waited longest. Policy bounds how many."""
    rows = requests_of(actor).filter(state=RequestState.SUBMITTED).order_by("-urgent", "submitted_at", "id")
    return tuple(each for each in rows[:MOST_TO_SIGN] if may(actor, Action.REQUEST_SEND_BACK, each))


def check(
    actor: Actor | None, draft: Draft, request_id: UUID | str | None = None, *, now: datetime | None = None
) -> tuple[Check, ...]:
    """Every rule once, for what an officer has entered so far. `request_id`: the one that is being edited.

    Depends on the draft and the agency's own and other agencies' requests; on no household.
    """
    agency = agency_of(actor)
    without = None if request_id is None else request_for(actor, request_id).id
    return checks_for(agency, draft.facts(), without=without, now=now or clock.now())


def checks_of(actor: Actor | None, request: VideoRequest) -> tuple[Check, ...]:
    """The rules for a stored request: as they were when it was sent, or as they are now for one not sent."""
    facts = draft_of(request).facts()
    if request.submitted_at is None or may(actor, Action.REQUEST_SUBMIT, request):
        return checks_for(request.agency, facts, without=request.id, now=clock.now())
    return checks_when_sent(request.agency, facts, without=request.id, sent_at=request.submitted_at)


def own_wraps(actor: Actor | None, request_id: UUID | str) -> tuple[OwnWrap, ...]:
    """Q's secret as wrapped to the actor's own keys; empty if it was never wrapped to them, or was destroyed."""
    request = request_for(actor, request_id)
    if actor is None or actor.user_id is None:
        return ()
    wraps = KeyWrap.objects.filter(request=request, officer_key__officer__user_id=actor.user_id)
    return tuple(OwnWrap(wrap.officer_key_id, bytes(wrap.ciphertext)) for wrap in wraps.order_by("id"))


def signers(actor: Actor | None, request: VideoRequest | None = None) -> tuple[Person, ...]:
    """The supervisors who could sign the request (None: one that the actor is writing)."""
    rows = Officer.objects.filter(agency=agency_of(actor), is_supervisor=True, left_at=None)
    author = str(request.created_by_id) if request is not None else actor.user_id if actor else None
    found = rows.select_related("user").order_by("user__display_name", "id")
    return tuple(Person(each.user.display_name, each.title) for each in found if str(each.user_id) != author)


def has_own_key(actor: Actor | None) -> bool:
    """Whether the actor has an evidence key, without which no shared video could be opened."""
    return actor is not None and current_key(actor) is not None


def person(user: object) -> Person:
    """Name and title of an officer's account; both empty for None."""
    officer = getattr(user, "officer", None)
    return Person(getattr(user, "display_name", ""), officer.title if officer else "")
