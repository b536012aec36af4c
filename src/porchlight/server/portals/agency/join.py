"""Joining an agency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from porchlight.server.agencies.access import invitation_behind
from porchlight.server.agencies.actions import accept_invitation
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals import joining


def show(request: HttpRequest, token: str) -> HttpResponse:
    """An officer's invitation."""
    return joining.join(request, token, find=_find, accept=accept_invitation)


def _find(token: str) -> joining.Invited:
    invitation, agency = invitation_behind(token)
    roles = [
        (invitation.is_supervisor, _("supervisor: signs requests of others")),
        (invitation.is_custodian, _("evidence custodian: can open what is shared with the agency")),
        (invitation.is_admin, _("administrator: invites and removes people")),
    ]
    return joining.Invited(
        email=invitation.email,
        name=invitation.name,
        where=agency.name,
        roles=tuple(word for holds, word in roles if holds),
    )


urlpatterns = [route("join/<str:token>/", show, audience=Audience.LINK, name="join")]
