"""The review desk's addresses. Everything here is for reviewers alone."""

from django.urls import URLPattern, URLResolver

from porchlight.core.visibility import Side
from porchlight.server.accounts.urls import account_urls
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.api.pages import token_urls
from porchlight.server.portals.demo.urls import demo_urls
from porchlight.server.portals.public.map_file import town_map
from porchlight.server.portals.review import decisions, join, looks, on_call, queue, reports
from porchlight.server.portals.review.api import urls as api_urls
from porchlight.server.portals.settings import settings_urls
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
    route("on-call/", on_call.show, audience=_R, name="on-call"),
    route("on-call/add/", on_call.add, audience=_R, name="on-call-add"),
    route("on-call/webhook/", on_call.webhook, audience=_R, name="on-call-webhook"),
    route("on-call/<uuid:shift_id>/take-over/", on_call.take_over, audience=_R, name="on-call-take-over"),
    route("on-call/<uuid:shift_id>/remove/", on_call.remove, audience=_R, name="on-call-remove"),
    route("requests/<uuid:request_id>/on-it/", on_call.acknowledge, audience=_R, name="acknowledge"),
    route("requests/<uuid:request_id>/hand-on/", on_call.hand_on, audience=_R, name="hand-on"),
    route("second-looks/", looks.waiting, audience=_R, name="looks"),
    route("second-looks/<uuid:look_id>/", looks.look, audience=_R, name="look"),
    route("map/town.geojson", town_map, audience=Audience.ANYONE, name="town-map"),
    route("sw.js", views.service_worker, audience=Audience.ANYONE, name="service-worker"),
    route("offline/", views.offline, audience=Audience.ANYONE, name="offline"),
    *join.urlpatterns,
    *api_urls.urlpatterns,
    *settings_urls(_R),
    *token_urls(_R),
    *account_urls(Side.REVIEW),
]

urlpatterns += demo_urls(Side.REVIEW)
