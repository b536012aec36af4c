"""The addresses of the agency's API: `urlpatterns = [*api_urls.urlpatterns, …]`."""

from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.agency.api import (  # noqa: F401 - they add their operations
    requests,
    sending,
    shares,
    team,
)
from porchlight.server.portals.agency.api.side import api
from porchlight.server.portals.api import keys_of_programs

keys_of_programs.add_operations(api, Audience.OFFICER)
urlpatterns = api.urls()
