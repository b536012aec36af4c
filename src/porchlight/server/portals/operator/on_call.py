"""Who at the review desk is on call, as the operator sees it: names and times, no request."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.server.on_call import access
from porchlight.server.portals.operator.agencies import OperatorRequest


@require_safe
def show(request: OperatorRequest) -> HttpResponse:
    """The rota of the coming two weeks."""
    return render(request, "operator/on_call.html", {"rota": access.rota(request.actor)})
