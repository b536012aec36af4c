"""What the household shared: who opened it, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.server.consent import access, actions
from porchlight.server.portals.resident.custody_words import described, looked
from porchlight.server.portals.resident.frame import ResidentRequest, use_home_clock


@require_safe
def shares(request: ResidentRequest) -> HttpResponse:
    """All shares, the newest first; `?new=` a request's id: what was just shared for it."""
    use_home_clock(request.actor)
    found = access.shares_of(request.actor)
    fresh = request.GET.get("new", "")
    if fresh:
        found = [each for each in found if str(each.request.id) == fresh and each.withdrawn_at is None]
    by_request: dict[UUID, list[access.Shared]] = {}
    for each in found:
        by_request.setdefault(each.request.id, []).append(each)
    facts = {
        "groups": list(by_request.values()),
        "new": fresh and found,
        "has_clips": any(each.clip_id for each in found),
    }
    return render(request, "resident/shares.html", facts)


@require_safe
def share(request: ResidentRequest, share_id: UUID) -> HttpResponse:
    """One share: each time somebody looked, and the button that takes it back."""
    shared = access.share_for(request.actor, share_id)
    use_home_clock(request.actor, shared.request.timezone)
    facts = {
        "share": shared,
        "seen": looked(shared.custody.lines),
        "lines": [described(line) for line in shared.custody.lines],
        "new": "new" in request.GET,
    }
    return render(request, "resident/share.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ResidentRequest, share_id: UUID) -> HttpResponse:
    """Take it back, after saying what that does; a second click changes nothing."""
    if request.method != "POST":
        shared = access.share_for(request.actor, share_id)
        if not shared.kept.standing:
            return redirect("share", share_id=share_id)
        use_home_clock(request.actor, shared.request.timezone)
        return render(request, "resident/share_withdraw.html", {"share": shared})
    actions.withdraw(by=request.actor, share_id=share_id)
    messages.success(request, _("You took the video back. Nobody can open it here any more."))
    return redirect("share", share_id=share_id)
