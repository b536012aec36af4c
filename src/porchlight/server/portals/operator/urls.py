"""The operator console's addresses. Everything here is for operators alone."""

from django.urls import URLPattern, URLResolver

from porchlight.core.visibility import Side
from porchlight.server.accounts.urls import account_urls
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.api.pages import token_urls
from porchlight.server.portals.demo.urls import demo_urls
from porchlight.server.portals.operator import agencies, join, jurisdiction, on_call, people
from porchlight.server.portals.operator.api import urls as api_urls
from porchlight.server.portals.public.map_file import town_map
from porchlight.server.portals.settings import settings_urls
from porchlight.server.ui import views

_O = Audience.OPERATOR

urlpatterns: list[URLPattern | URLResolver] = [
    route("", agencies.listing, audience=_O, name="agencies"),
    route("agencies/add/", agencies.add, audience=_O, name="agency-add"),
    route("agencies/<uuid:agency_id>/", agencies.show, audience=_O, name="agency"),
    route("agencies/<uuid:agency_id>/invite/", agencies.invite, audience=_O, name="agency-invite"),
    route(
        "agencies/<uuid:agency_id>/jurisdiction/", jurisdiction.edit, audience=_O, name="agency-jurisdiction"
    ),
    route(
        "agencies/<uuid:agency_id>/invitations/<uuid:invitation_id>/withdraw/",
        agencies.withdraw,
        audience=_O,
        name="agency-withdraw",
    ),
    route("people/", people.listing, audience=_O, name="people"),
    route("people/invite/", people.invite, audience=_O, name="people-invite"),
    route("people/<uuid:user_id>/unlock/", people.unlock, audience=_O, name="people-unlock"),
    route(
        "people/<uuid:user_id>/second-step/",
        people.reset_second_factor,
        audience=_O,
        name="people-second-step",
    ),
    route("people/<uuid:user_id>/remove/", people.remove, audience=_O, name="people-remove"),
    route(
        "people/invitations/<uuid:invitation_id>/withdraw/",
        people.withdraw,
        audience=_O,
        name="people-withdraw",
    ),
    route("on-call/", on_call.show, audience=_O, name="on-call"),
    route("map/town.geojson", town_map, audience=Audience.ANYONE, name="town-map"),
    route("sw.js", views.service_worker, audience=Audience.ANYONE, name="service-worker"),
    route("offline/", views.offline, audience=Audience.ANYONE, name="offline"),
    *join.urlpatterns,
    *api_urls.urlpatterns,
    *settings_urls(_O),
    *token_urls(_O),
    *account_urls(Side.OPERATOR),
]

urlpatterns += demo_urls(Side.OPERATOR)
