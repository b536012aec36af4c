"""What every side has beside its own pages: `urlpatterns = [*…, *ui_urls]`."""

from __future__ import annotations

from django.urls import URLPattern

from porchlight.server.foundation.routing import Audience, route
from porchlight.server.ui import views

ui_urls: list[URLPattern] = [
    route("sw.js", views.service_worker, audience=Audience.ANYONE, name="service-worker"),
    route("offline/", views.offline, audience=Audience.ANYONE, name="offline"),
    route("styleguide/", views.styleguide, audience=Audience.ANYONE, name="styleguide"),
]
