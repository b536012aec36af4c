"""Joining the review desk."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from porchlight.core.visibility import Side
from porchlight.server.accounts.access import staff_invitation
from porchlight.server.accounts.actions import accept_staff_invitation
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals import joining


def show(request: HttpRequest, token: str) -> HttpResponse:
    """A reviewer's invitation."""
    accept = partial(accept_staff_invitation, side=Side.REVIEW)
    return joining.join(request, token, find=_find, accept=accept)


def _find(token: str) -> joining.Invited:
    invitation = staff_invitation(token, Side.REVIEW)
    return joining.Invited(email=invitation.email, name=invitation.display_name, where=_("the review desk"))


urlpatterns = [route("join/<str:token>/", show, audience=Audience.LINK, name="join")]
