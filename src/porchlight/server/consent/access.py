"""The doors to the owner's side of a request. What was not asked of a household answers like what does not exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from porchlight.core.consent import AnswerFacts
from porchlight.core.errors import NotFound
from porchlight.core.lifecycle import RequestState
from porchlight.core.log_entries import EntryKind
from porchlight.core.visibility import Actor, Kind, Role
from porchlight.server.consent.models import AskedRequest, Invitation, OwnShare, Report
from porchlight.server.disclosures.access import Custody, Kept, custody_for_owner, kept_for_owner
from porchlight.server.foundation import clock
from porchlight.server.foundation.keyset import Page, page
from porchlight.server.households.access import own_ids
from porchlight.server.notifications.access import links
from porchlight.server.transparency.access import Logged, logged
from porchlight.server.video_requests.access import OpenRequest, open_request, open_requests

REPORT_REASONS = ("not_true", "too_wide", "about_speech", "about_a_person", "other")
# The log's entry that names Q, the request's public key, as `q`.
KEY_ENTRY = EntryKind.REQUEST_SUBMITTED.value
REPORTS = 20


@dataclass(frozen=True)
class Asked:
    """A request as one household has it. `files` counts what it shared for it and has not taken back."""

    request: OpenRequest
    open: bool
    reported: bool
    files: int

    def facts(self) -> AnswerFacts:
        """What `core.consent.may_share` decides on."""
        return AnswerFacts(
            request_state=RequestState(self.request.state),
            request_closes_at=self.request.closes_at,
            asked=True,
            paused=self.reported or self.request.paused,
            files=self.files,
        )


@dataclass(frozen=True)
class Link:
    """What a mail's link stands for. `household_id` is for the act behind a button and is never shown."""

    request: OpenRequest
    household_id: UUID
    open: bool


@dataclass(frozen=True)
class Shared:
    """One share as its household sees it: the `number`th of `of` for its request.

    `clip_id`: the household's own clip that it was made of or kept as, if any. `key_fetched`: whether an officer has had
    the key to it.
    """

    share_id: UUID
    request: OpenRequest
    number: int
    of: int
    clip_id: UUID | None
    shared_at: datetime
    withdrawn_at: datetime | None
    kept: Kept
    custody: Custody

    @property
    def key_fetched(self) -> bool:
        return any(line.event == "key_opened" for line in self.custody.lines)

    @property
    def copy_saved(self) -> bool:
        """Whether an officer's browser told of a copy that was saved."""
        return any(line.event == "downloaded" for line in self.custody.lines)


@dataclass(frozen=True)
class OpenReport:
    """A report that waits for the review desk. It does not say who reported."""

    id: UUID
    request_id: UUID
    reason: str
    text: str
    created_at: datetime


def requests_for(actor: Actor) -> list[Asked]:
    """What the household was asked, the newest first."""
    own = own_ids(actor, Kind.INVITATION)
    ids = list(Invitation.objects.filter(household_id__in=own).values_list("request_id", flat=True))
    found = sorted(open_requests(ids).values(), key=lambda each: (each.approved_at, each.id), reverse=True)
    return [_asked(own, request) for request in found]


def request_for(actor: Actor, request_id: UUID) -> Asked:
    """One request that the household was asked. Raises NotFound."""
    own = own_ids(actor, Kind.INVITATION)
    if not Invitation.objects.filter(household_id__in=own, request_id=request_id).exists():
        raise NotFound
    return _asked(own, open_request(request_id))


def request_key(asked: Asked) -> Logged | None:
    """The log's entry that names Q, with its proof; None until the log holds it."""
    return logged(asked.request.id, KEY_ENTRY)


def link(token: str) -> Link:
    """What `/r/<token>/` stands for. Raises NotFound, alike for forged, expired and forgotten."""
    now = clock.now()
    invitation_id = links.read_request_token(token, now)
    found = Invitation.objects.filter(pk=invitation_id).only("request_id", "household_id").first()
    if found is None:
        raise NotFound
    request = open_request(found.request_id)
    return Link(request, found.household_id, request.open_at(now))


def shares_of(actor: Actor) -> list[Shared]:
    """What the household shared, the newest first."""
    own = list(
        OwnShare.objects.filter(household_id__in=own_ids(actor, Kind.ANSWER)).order_by(
            "-shared_at", "-share_id"
        )
    )
    return _shared(own, open_requests({each.request_id for each in own}))


def shared_clips(actor: Actor, request_id: UUID) -> frozenset[UUID]:
    """The household's own clips that it shares for a request."""
    own = OwnShare.objects.filter(household_id__in=own_ids(actor, Kind.ANSWER), request_id=request_id)
    rows = own.filter(withdrawn_at=None).values_list("clip_id", flat=True)
    return frozenset(clip_id for clip_id in rows if clip_id is not None)


def share_for(actor: Actor, share_id: UUID) -> Shared:
    """One of the household's shares. Raises NotFound."""
    mine = OwnShare.objects.filter(household_id__in=own_ids(actor, Kind.ANSWER))
    own = mine.filter(pk=share_id).first()
    if own is None:
        raise NotFound
    together = list(mine.filter(request_id=own.request_id).order_by("-shared_at", "-share_id"))
    found = _shared(together, {own.request_id: open_request(own.request_id)}, only=share_id)
    return found[0]


def share_of_household(share_id: UUID) -> tuple[UUID, OpenRequest] | None:
    """Whose share this is, for mail to them; None where it was taken back or its household is gone."""
    own = OwnShare.objects.filter(pk=share_id, withdrawn_at=None).first()
    if own is None:
        return None
    request = open_requests([own.request_id]).get(own.request_id)
    return (own.household_id, request) if request is not None else None


def open_reports(actor: Actor, after: str = "") -> Page[OpenReport]:
    """A page of reports that wait for a reviewer, the oldest first. Raises NotFound for anyone else."""
    _require_reviewer(actor)
    rows = Report.objects.filter(resolved_at=None)
    return page(rows, order=("created_at", "id"), after=after, size=REPORTS).each(_open_report)


def open_report(actor: Actor, report_id: UUID) -> OpenReport:
    """One of them. Raises NotFound."""
    _require_reviewer(actor)
    row = Report.objects.filter(resolved_at=None, pk=report_id).first()
    if row is None:
        raise NotFound
    return _open_report(row)


def ended_before(moment: datetime) -> list[UUID]:
    """The requests that ended before `moment` and whose invitations still stand."""
    return list(AskedRequest.objects.filter(ended_at__lte=moment).values_list("request_id", flat=True))


def not_ended() -> list[UUID]:
    """The requests that were open when last looked at."""
    return list(AskedRequest.objects.filter(ended_at=None).values_list("request_id", flat=True))


def purpose_of(request: OpenRequest) -> str:
    """What the owner shares for, as it stands in the receipt and on the agency's side."""
    return f"Case {request.case_number}"[:120]


def _open_report(row: Report) -> OpenReport:
    return OpenReport(row.id, row.request_id, row.reason, row.text, row.created_at)


def _require_reviewer(actor: Actor) -> None:
    if Role.REVIEWER not in actor.roles or not actor.second_factor:
        raise NotFound


def _asked(own: tuple[UUID, ...], request: OpenRequest) -> Asked:
    files = OwnShare.objects.filter(household_id__in=own, request_id=request.id, withdrawn_at=None).count()
    reported = Report.objects.filter(household_id__in=own, request_id=request.id, resolved_at=None).exists()
    return Asked(request, request.open_at(clock.now()), reported, files)


def _shared(
    own: Sequence[OwnShare], requests: Mapping[UUID, OpenRequest], *, only: UUID | None = None
) -> list[Shared]:
    """`own`: all of the household's for these requests, the newest first; of them, `only` one where it is named."""
    of, passed = Counter(each.request_id for each in own), Counter[UUID]()
    wanted = [each for each in own if only is None or each.share_id == only]
    kept = kept_for_owner([each.share_id for each in wanted])
    found = []
    for each in own:
        number = of[each.request_id] - passed[each.request_id]
        passed[each.request_id] += 1
        if each not in wanted or each.request_id not in requests:
            continue
        found.append(
            Shared(
                share_id=each.share_id,
                request=requests[each.request_id],
                number=number,
                of=of[each.request_id],
                clip_id=each.clip_id,
                shared_at=each.shared_at,
                withdrawn_at=each.withdrawn_at,
                kept=kept[each.share_id],
                custody=custody_for_owner(each.share_id),
            )
        )
    return found
