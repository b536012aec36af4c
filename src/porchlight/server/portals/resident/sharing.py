"""The page on which an owner shares a video, and the door through which the locked video goes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.server.consent import access, actions
from porchlight.server.consent.actions import SealedVideo
from porchlight.server.footage import access as footage
from porchlight.server.footage.access import limits
from porchlight.server.households import access as households
from porchlight.server.portals.resident.frame import (
    ResidentRequest,
    bytes_in,
    json_of,
    not_understood,
    text_in,
    use_home_clock,
    whole_in,
)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    """GET: the page. POST, from its script: one sealed video, already uploaded, with its envelope for Q."""
    asked = access.request_for(request.actor, request_id)
    if request.method == "POST":
        return _receive(request, request_id)
    if not asked.open or asked.reported:
        return redirect("request", request_id=request_id)
    use_home_clock(request.actor, asked.request.timezone)
    facts = {
        "asked": asked,
        "request_": asked.request,
        "household": households.own_household(request.actor),
        "has_key": footage.own_key(request.actor) is not None,
        "clips": footage.clips(request.actor).count(),
        "shared_clips": sorted(map(str, access.shared_clips(request.actor, request_id))),
        "homes": households.homes_in(asked.request.area),
        "most_files": limits.MOST_FILES_PER_REQUEST,
        "left": limits.MOST_FILES_PER_REQUEST - asked.files,
        "room": footage.room(request.actor),
        "largest": limits.MOST_PLAIN_BYTES,
        "most_days": actions.MOST_DAYS,
        "email": request.user.email,  # type: ignore[union-attr]
    }
    return render(request, "resident/share_video.html", facts)


@require_safe
def signed_in(request: ResidentRequest) -> HttpResponse:
    """Where a second window lands that signed in again for a page with an upload under way: it may be closed."""
    return render(request, "resident/signed_in.html")


def _receive(request: ResidentRequest, request_id: UUID) -> HttpResponse:
    given = json_of(request)
    keep = given.get("keep")
    if keep is not None and not isinstance(keep, dict):
        raise not_understood()
    video = SealedVideo(
        head=bytes_in(given, "head"),
        sealed_sha256=text_in(given, "sealed_sha256"),
        sealed_size=whole_in(given, "sealed_size"),
        envelope=bytes_in(given, "envelope"),
        upload_id=_id_in(given, "upload_id"),
        clip_id=_id_in(given, "clip_id"),
        grant=bytes_in(keep, "grant") if keep is not None else None,
        grant_recipient=text_in(keep, "recipient") if keep is not None and "recipient" in keep else "",
    )
    # A large file takes seconds to read: before the transaction, not in it.
    footage.read_through(request.actor, upload_id=video.upload_id, clip_id=video.clip_id)
    share_id = actions.share(
        by=request.actor, request_id=request_id, video=video, expires_days=whole_in(given, "expires_days")
    )
    address = reverse("share", args=[share_id])
    return JsonResponse({"share_id": str(share_id), "address": address}, status=201)


def _id_in(given: dict[str, object], name: str) -> UUID | None:
    if given.get(name) is None:
        return None
    try:
        return UUID(text_in(given, name))
    except ValueError as error:
        raise not_understood() from error
