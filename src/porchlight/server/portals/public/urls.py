"""The public record: no sign-in, the same bytes for everyone. Included by the residents' side."""

from django.urls import URLPattern, URLResolver

from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.public import about, agencies, asked, log, looks, opened
from porchlight.server.portals.public.map_file import town_map
from porchlight.server.ui import views

_ALL = Audience.ANYONE

urlpatterns: list[URLPattern | URLResolver] = [
    route("agencies/", agencies.listing, audience=_ALL, name="public-agencies"),
    route("agencies/<str:ori>/", agencies.page, audience=_ALL, name="public-agency"),
    route("asked/", asked.listing, audience=_ALL, name="public-requests"),
    route("asked/<uuid:request_id>/", asked.page, audience=_ALL, name="public-request"),
    route("asked/<uuid:request_id>/opening.json", opened.opening, audience=_ALL, name="public-opening"),
    route("review-desk/", looks.page, audience=_ALL, name="public-desk"),
    route("log/", log.page, audience=_ALL, name="public-log"),
    route("log/checkpoint", log.checkpoint, audience=_ALL, name="log-checkpoint"),
    route("log/key", log.key, audience=_ALL, name="log-key"),
    route("log/entries/", log.entries, audience=_ALL, name="log-entries"),
    route("log/entries/<int:index>", log.entry, audience=_ALL, name="log-entry"),
    route("log/entries/<int:index>/proof", log.entry_proof, audience=_ALL, name="log-entry-proof"),
    route("log/<int:index>/", log.entry_page, audience=_ALL, name="log-entry-page"),
    route("log/proof/<uuid:subject_id>", log.proof, audience=_ALL, name="log-proof"),
    route("about/", about.page, audience=_ALL, name="about"),
    route("map/town.geojson", town_map, audience=_ALL, name="town-map"),
    route("sw.js", views.service_worker, audience=_ALL, name="service-worker"),
    route("offline/", views.offline, audience=_ALL, name="offline"),
    route("styleguide/", views.styleguide, audience=_ALL, name="styleguide"),
]
