"""Where an agency may ask: uploaded from the county's map office, or drawn here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porchlight.core.errors import Refused
from porchlight.core.places import Jurisdiction, read_jurisdiction
from porchlight.core.reasons import reason
from porchlight.server.agencies import access, actions
from porchlight.server.agencies.access.jurisdictions import MOST_BYTES, read_file
from porchlight.server.portals.operator.agencies import OperatorRequest
from porchlight.server.ui.forms import AreaField, add_reasons


class JurisdictionForm(forms.Form):
    """A file, or else what was drawn."""

    file = forms.FileField(
        label=_("GeoJSON file"), required=False, help_text=_("A polygon or several, at most 2 MB.")
    )
    area = AreaField(label=_("Jurisdiction"), required=False, max_length=60_000)

    def jurisdiction(self) -> Jurisdiction:
        """What was given. Raises Refused with the reason."""
        file: Any = self.cleaned_data.get("file")
        if file is not None:
            if file.size > MOST_BYTES:
                raise Refused((reason("jurisdiction_file_too_large", most_mb=MOST_BYTES // 1_000_000),))
            return read_file(file.read())
        drawn = self.cleaned_data.get("area")
        if drawn is None:
            raise Refused((reason("jurisdiction_not_given"),))
        return read_jurisdiction(drawn)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OperatorRequest, agency_id: UUID) -> HttpResponse:
    """Set the jurisdiction."""
    agency = access.agency_for_operator(request.actor, agency_id)
    present = agency.jurisdiction
    # Only one simple outline can be drawn again; several parts come from a file and are shown.
    drawable = present if present is not None and present.get("type") == "Polygon" else None
    form = JurisdictionForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"area": drawable},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_jurisdiction(agency_id=agency.id, jurisdiction=form.jurisdiction(), by=request.actor)
        except Refused as refusal:
            field = "file" if form.cleaned_data.get("file") is not None else "area"
            add_reasons(form, refusal.reasons, {"jurisdiction": field})
        else:
            messages.success(request, gettext("The jurisdiction was saved. It stands in the public log."))
            return redirect("agency", agency_id=agency.id)
    facts = {"form": form, "agency": agency, "drawable": drawable is not None or present is None}
    return render(request, "operator/jurisdiction.html", facts, status=422 if form.errors else 200)
