"""The addresses of the residents' API: `urlpatterns = [*api_urls.urlpatterns, …]`."""

from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api import keys_of_programs
from porchlight.server.portals.public.api import record
from porchlight.server.portals.resident.api import (  # noqa: F401 - they add their operations
    asked,
    clips,
    home,
    uploads,
)
from porchlight.server.portals.resident.api.side import api

record.add_operations(api)
keys_of_programs.add_operations(api, Audience.RESIDENT)
urlpatterns = api.urls()
