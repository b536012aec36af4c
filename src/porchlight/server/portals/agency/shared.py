"""What owners shared: the inbox by case, and the page of one video."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.core.places import Area, read_area
from porchlight.server.disclosures import access
from porchlight.server.disclosures.access import Asked, SharedVideo
from porchlight.server.foundation import clock
from porchlight.server.portals.agency.headers import agency_page
from porchlight.server.portals.agency.shared_words import Line, described, script_texts
from porchlight.server.ui.words import REQUEST_STATES, SHARE_STATES, offense_label


@dataclass(frozen=True)
class Case:
    """The shared videos of one case number, newest first."""

    number: str
    offense: str
    videos: tuple[SharedVideo, ...]


@agency_page
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """A page of the videos shared with the officer, by case; the case with the newest video first."""
    page = access.shares_of(request.actor, after=request.GET.get("after", ""))  # type: ignore[attr-defined]
    facts = {"cases": _cases(page.rows), "states": SHARE_STATES, "page": page}
    return render(request, "agency/shared/inbox.html", facts)


@agency_page
@require_safe
def video(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """One video: how to open it, what its owner chose to show, and who did what with it."""
    actor = request.actor  # type: ignore[attr-defined]
    shared = access.share_for(actor, share_id)
    custody = access.custody(actor, share_id)
    same_case = access.shares_of(actor, case_number=shared.request.case_number)
    context = {
        "shared": shared,
        "asked": shared.request,
        "offense": offense_label(shared.request.offense),
        "area": _area(shared.request),
        "state": SHARE_STATES[shared.state],
        "request_state": REQUEST_STATES[shared.request.state],
        "same_case": same_case.rows,
        "lines": _newest_first([described(line) for line in custody.lines]),
        "unbroken": custody.unbroken,
        "kept": _kept(shared),
        "recipients": " ".join(access.own_recipients(actor, share_id)),
        "texts": script_texts(),
    }
    return render(request, "agency/shared/video.html", context)


@dataclass(frozen=True)
class Kept:
    """How much of its time here a share has used, in whole days."""

    used: int
    days: int
    left: int


def _kept(shared: SharedVideo) -> Kept:
    days = max(round((shared.expires_at - shared.shared_at) / timedelta(days=1)), 1)
    used = min(max((clock.now() - shared.shared_at).days, 0), days)
    return Kept(used, days, days - used)


def _cases(videos: tuple[SharedVideo, ...]) -> list[Case]:
    found: dict[str, list[SharedVideo]] = {}
    for each in videos:
        found.setdefault(each.request.case_number, []).append(each)
    return [Case(number, offense_label(own[0].request.offense), tuple(own)) for number, own in found.items()]


def _area(asked: Asked) -> Area | None:
    return read_area(asked.area) if asked.area else None


def _newest_first(lines: list[Line]) -> list[Line]:
    return lines[::-1]
