"""The addresses of requests on the agency's side: `urlpatterns = [*requests_urls.urlpatterns, …]`."""

from django.urls import URLPattern

from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.agency import requests, requests_edit, requests_sending, requests_signing

_O, _S = Audience.OFFICER, Audience.SUPERVISOR

urlpatterns: list[URLPattern] = [
    route("requests/", requests.listing, audience=_O, name="requests"),
    route("requests/new/", requests_edit.new, audience=_O, name="request-new"),
    route("requests/check/", requests_edit.check, audience=_O, name="request-check"),
    route("requests/<uuid:request_id>/", requests.show, audience=_O, name="request"),
    route("requests/<uuid:request_id>/edit/", requests_edit.edit, audience=_O, name="request-edit"),
    route("requests/<uuid:request_id>/discard/", requests.discard, audience=_O, name="request-discard"),
    route("requests/<uuid:request_id>/keys.json", requests_sending.keys, audience=_O, name="request-keys"),
    route("requests/<uuid:request_id>/submit/", requests_sending.submit, audience=_O, name="request-submit"),
    route("requests/<uuid:request_id>/withdraw/", requests.withdraw, audience=_O, name="request-withdraw"),
    route("requests/<uuid:request_id>/sign/", requests_signing.sign, audience=_S, name="request-sign"),
    route(
        "requests/<uuid:request_id>/send-back/",
        requests_signing.send_back,
        audience=_S,
        name="request-send-back",
    ),
]
