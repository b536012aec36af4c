"""What the household shared: who opened it, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.server.consent import access, actions
from porchlight.server.portals.resident.custody_words import described
from porchlight.server.portals.resident.frame import ResidentRequest, use_home_clock


@require_safe
def shares(request: ResidentRequest) -> HttpResponse:
    """All shares, the newest first."""
    use_home_clock(request.actor)
    return render(request, "resident/shares.html", {"shares": access.shares_of(request.actor)})


@require_safe
def share(request: ResidentRequest, share_id: UUID) -> HttpResponse:
    """One share: each time somebody looked, and the button that takes it back."""
    shared = access.share_for(request.actor, share_id)
    use_home_clock(request.actor, shared.request.timezone)
    facts = {
        "share": shared,
        "lines": [described(line) for line in shared.custody.lines],
        "new": "new" in request.GET,
    }
    return render(request, "resident/share.html", facts)


@require_POST
def withdraw(request: ResidentRequest, share_id: UUID) -> HttpResponse:
    """Take it back; a second click changes nothing."""
    actions.withdraw(by=request.actor, share_id=share_id)
    messages.success(request, _("You took the video back. Nobody can open it here any more."))
    return redirect("share", share_id=share_id)
