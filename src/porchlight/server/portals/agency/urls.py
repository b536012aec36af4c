"""The agency portal's addresses."""

from django.urls import URLPattern, URLResolver

from porchlight.core.visibility import Side
from porchlight.server.accounts.urls import account_urls
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.agency import home, join, keys, requests_urls, shared_urls, systems, team
from porchlight.server.portals.agency.api import urls as api_urls
from porchlight.server.portals.api.pages import token_urls
from porchlight.server.portals.demo.urls import demo_urls
from porchlight.server.ui import views

_OFFICER, _ADMIN = Audience.OFFICER, Audience.AGENCY_ADMIN

urlpatterns: list[URLPattern | URLResolver] = [
    route("", home.start, audience=_OFFICER, name="home"),
    route("team/", team.show, audience=_OFFICER, name="team"),
    route("team/invite/", team.invite, audience=_ADMIN, name="team-invite"),
    route(
        "team/invitations/<uuid:invitation_id>/withdraw/",
        team.withdraw,
        audience=_ADMIN,
        name="team-withdraw",
    ),
    route("team/<uuid:officer_id>/roles/", team.roles, audience=_ADMIN, name="team-roles"),
    route("team/<uuid:officer_id>/remove/", team.remove, audience=_ADMIN, name="team-remove"),
    route("team/<uuid:officer_id>/unlock/", team.unlock, audience=_ADMIN, name="team-unlock"),
    route(
        "team/<uuid:officer_id>/second-step/",
        team.reset_second_factor,
        audience=_ADMIN,
        name="team-second-step",
    ),
    route("keys/", keys.show, audience=_OFFICER, name="keys"),
    route("keys/new/", keys.renew, audience=_OFFICER, name="keys-new"),
    route("keys/own.json", keys.own, audience=_OFFICER, name="own-key"),
    route("settings/", home.settings_page, audience=_OFFICER, name="settings"),
    route("sw.js", views.service_worker, audience=Audience.ANYONE, name="service-worker"),
    *systems.urlpatterns,
    *token_urls(_OFFICER),
    *join.urlpatterns,
    *requests_urls.urlpatterns,
    *shared_urls.urlpatterns,
    *api_urls.urlpatterns,
    *account_urls(Side.AGENCY),
]

urlpatterns += demo_urls(Side.AGENCY)
