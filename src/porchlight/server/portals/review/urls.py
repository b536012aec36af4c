"""The review desk's addresses. Everything here is for reviewers alone."""

from django.urls import URLPattern, URLResolver

from porchlight.core.visibility import Side
from porchlight.server.accounts.urls import account_urls
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.demo.urls import demo_urls
from porchlight.server.portals.public.map_file import town_map
from porchlight.server.portals.review import decisions, join, queue, reports
from porchlight.server.ui import views

_R = Audience.REVIEWER

urlpatterns: list[URLPattern | URLResolver] = [
    route("", queue.waiting, audience=_R, name="requests"),
    route("requests/<uuid:request_id>/", decisions.show, audience=_R, name="request"),
    route("requests/<uuid:request_id>/decide/", decisions.decide, audience=_R, name="decide"),
    route("requests/<uuid:request_id>/take-back/", decisions.take_back, audience=_R, name="take-back"),
    route("reports/", reports.waiting, audience=_R, name="reports"),
    route("reports/<uuid:report_id>/resolve/", reports.resolve, audience=_R, name="report-resolve"),
    route("record/", queue.record, audience=_R, name="record"),
    route("map/town.geojson", town_map, audience=Audience.ANYONE, name="town-map"),
    route("sw.js", views.service_worker, audience=Audience.ANYONE, name="service-worker"),
    route("offline/", views.offline, audience=Audience.ANYONE, name="offline"),
    *join.urlpatterns,
    *account_urls(Side.REVIEW),
]

urlpatterns += demo_urls(Side.REVIEW)
