"""The household's own clips: ciphertext and grants out, nothing opened here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.server.footage import access, actions
from porchlight.server.foundation.streaming import RangeNotSatisfiable, single_range, streamed
from porchlight.server.households.access import own_household
from porchlight.server.portals.resident.frame import (
    ResidentRequest,
    base64_of,
    bytes_in,
    home_first,
    json_of,
    not_understood,
    text_in,
    use_home_clock,
    whole_in,
)


@require_safe
def clips(request: ResidentRequest) -> HttpResponse:
    """The list; what each clip shows is known only in the browser, after unlocking."""
    if own_household(request.actor) is None:
        return home_first(request)
    use_home_clock(request.actor)
    facts = {
        "clips": access.clips(request.actor),
        "key": access.own_key(request.actor),
        "room": access.room(request.actor),
    }
    return render(request, "resident/clips.html", facts)


@require_safe
def listing(request: ResidentRequest) -> HttpResponse:
    """All that a browser needs to find and play clips, once it has unlocked the household's key."""
    rows = [
        {
            "id": str(clip.pk),
            "sealed_size": clip.sealed_size,
            "sealed_sha256": clip.sealed_sha256,
            "head": base64_of(clip.head),
            "grant": base64_of(clip.grant),
            "uploaded_on": clip.uploaded_on.isoformat(),
            "expires_on": clip.expires_on.isoformat(),
        }
        for clip in access.clips(request.actor)
    ]
    return JsonResponse({"clips": rows})


@require_safe
def grant(request: ResidentRequest, clip_id: UUID) -> HttpResponse:
    """The clip's key, sealed to the household."""
    return HttpResponse(
        bytes(access.clip_for(request.actor, clip_id).grant), content_type="application/octet-stream"
    )


@require_safe
def sealed(request: ResidentRequest, clip_id: UUID) -> HttpResponseBase:
    """The ciphertext, whole or one range of it."""
    return sealed_bytes(request, clip_id)


def sealed_bytes(request: Any, clip_id: UUID) -> HttpResponseBase:
    """What the page and the API answer alike."""
    clip = access.clip_for(request.actor, clip_id)
    size = clip.sealed_size
    try:
        asked = single_range(request.headers.get("Range"), size)
    except RangeNotSatisfiable:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    start, end = asked or (0, size)
    pieces = access.clip_range(clip, start, end)
    response = streamed(
        request, pieces, content_type="application/octet-stream", status=200 if asked is None else 206
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    if asked is not None:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


@require_POST
def keep(request: ResidentRequest) -> HttpResponse:
    """Put an uploaded file into the vault."""
    given = json_of(request)
    try:
        upload_id = UUID(text_in(given, "upload_id"))
    except ValueError as error:
        raise not_understood() from error
    access.read_through(request.actor, upload_id=upload_id)
    clip = actions.keep_clip(
        by=request.actor,
        upload_id=upload_id,
        head=bytes_in(given, "head"),
        sealed_sha256=text_in(given, "sealed_sha256"),
        sealed_size=whole_in(given, "sealed_size"),
        grant=bytes_in(given, "grant"),
        grant_recipient=text_in(given, "grant_recipient") if "grant_recipient" in given else "",
    )
    return JsonResponse({"clip_id": str(clip.pk)}, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: ResidentRequest, clip_id: UUID) -> HttpResponse:
    """Delete a clip, after asking. Copies that were shared are separate and stay until they are taken back."""
    if request.method != "POST":
        clip = access.clip_for(request.actor, clip_id)
        use_home_clock(request.actor)
        return render(request, "resident/clip_delete.html", {"clip": clip})
    actions.delete_clip(by=request.actor, clip_id=clip_id)
    messages.success(request, _("The clip is deleted here."))
    return redirect("clips")
