"""The demo's addresses on every side; outside demo mode there are none, and their code is not even loaded."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern

from porchlight.core.visibility import Side
from porchlight.server.foundation.routing import Audience, route


def demo_urls(side: Side) -> list[URLPattern]:
    """The demo pages of a side, to be put at the end of its addresses; empty outside demo mode."""
    if not settings.PORCHLIGHT.demo:
        return []
    from porchlight.server.portals.demo import clips, mail, people  # noqa: PLC0415 - not outside demo mode

    anyone = Audience.ANYONE
    patterns = [
        route("demo/", people.show, audience=anyone, name="demo"),
        route("demo/sign-in/<str:key>/", people.sign_in, audience=anyone, name="demo-sign-in"),
        route("demo/mail", mail.listing, audience=anyone, name="demo-mail"),
        route("demo/mail/<str:name>", mail.show, audience=anyone, name="demo-letter"),
        route("demo/mail/<str:name>/html", mail.html_part, audience=anyone, name="demo-letter-html"),
    ]
    if side is Side.RESIDENT:
        patterns.append(route("demo/clips/<str:key>.mp4", clips.download, audience=anyone, name="demo-clip"))
    return patterns
