"""The addresses of the review desk's API: `urlpatterns = [*api_urls.urlpatterns, …]`."""

from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api import keys_of_programs
from porchlight.server.portals.review.api import desk  # noqa: F401 - it adds its operations
from porchlight.server.portals.review.api.side import api

keys_of_programs.add_operations(api, Audience.REVIEWER)
urlpatterns = api.urls()
