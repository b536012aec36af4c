"""The registry of a household's cameras."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.core.errors import Refused
from porchlight.server.households import access, actions
from porchlight.server.portals.resident.forms import CameraForm
from porchlight.server.portals.resident.frame import ResidentRequest, home_first
from porchlight.server.ui.forms import add_reasons
from porchlight.server.ui.maps import lamp


@require_safe
def cameras(request: ResidentRequest) -> HttpResponse:
    """The list, with each camera as a lamp on the household's own map."""
    own = list(access.cameras(request.actor))
    lamps = [
        lamp(lon=each.longitude, lat=each.latitude, label=each.name, bearing=each.direction_deg)
        for each in own
    ]
    facts = {"cameras": own, "lamps": lamps, "status": access.place_state(request.actor)}
    return render(request, "resident/cameras.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ResidentRequest) -> HttpResponse:
    """A new camera; it begins at the home's own place."""
    own = access.own_household(request.actor)
    if own is None or own.latitude is None:
        return home_first(request)
    form = CameraForm(_posted(request), initial={"place": (own.latitude, own.longitude)})
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        return redirect("cameras")
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ResidentRequest, camera_id: UUID) -> HttpResponse:
    """An existing one."""
    camera = access.camera_for(request.actor, camera_id)
    known = {
        "name": camera.name,
        "kind": camera.kind,
        "place": (camera.latitude, camera.longitude),
        "direction": "" if camera.direction_deg is None else str(camera.direction_deg),
        "sees": camera.sees,
    }
    form = CameraForm(_posted(request), initial=known)
    if request.method == "POST" and form.is_valid() and _kept(request, form, camera_id):
        return redirect("cameras")
    return _page(request, form, camera)


@require_POST
def remove(request: ResidentRequest, camera_id: UUID) -> HttpResponse:
    """Out of the registry."""
    actions.remove_camera(by=request.actor, camera_id=camera_id)
    messages.success(request, _("The camera is removed."))
    return redirect("cameras")


def _kept(request: ResidentRequest, form: CameraForm, camera_id: UUID | None = None) -> bool:
    lat, lon = form.cleaned_data["place"]
    direction = form.cleaned_data["direction"]
    said: dict[str, Any] = {
        "name": form.cleaned_data["name"],
        "kind": form.cleaned_data["kind"],
        "lat": lat,
        "lon": lon,
        "direction_deg": int(direction) if direction else None,
        "sees": form.cleaned_data["sees"],
    }
    try:
        if camera_id is None:
            actions.add_camera(by=request.actor, **said)
        else:
            actions.change_camera(by=request.actor, camera_id=camera_id, **said)
    except Refused as refused:
        for each in refused.reasons:
            own = {each.code: str(each.params["field"])} if "field" in each.params else CameraForm.fields_of
            add_reasons(form, [each], own)
        return False
    messages.success(request, _("The camera is saved."))
    return True


def _posted(request: ResidentRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: ResidentRequest, form: CameraForm, camera: object) -> HttpResponse:
    facts = {"form": form, "camera": camera}
    return render(request, "resident/camera.html", facts, status=422 if form.errors else 200)
