"""Addresses of what owners shared, and of what every side has on its own host."""

from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.agency import shared, shared_opening
from porchlight.server.portals.public.map_file import town_map
from porchlight.server.ui import views

_O = Audience.OFFICER

urlpatterns = [
    route("shared/", shared.inbox, audience=_O, name="shared"),
    route("shared/<uuid:share_id>/", shared.video, audience=_O, name="shared-video"),
    route(
        "shared/<uuid:share_id>/envelope.json", shared_opening.envelope, audience=_O, name="shared-envelope"
    ),
    route("shared/<uuid:share_id>/sealed", shared_opening.sealed, audience=_O, name="shared-sealed"),
    route("shared/<uuid:share_id>/events/", shared_opening.events, audience=_O, name="shared-events"),
    route("map/town.geojson", town_map, audience=Audience.ANYONE, name="town-map"),
    route("offline/", views.offline, audience=Audience.ANYONE, name="offline"),
]
