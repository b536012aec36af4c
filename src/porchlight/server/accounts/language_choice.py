"""The button at the foot of each page that changes the language.

Its form carries nothing of the page (no address, no token), so that pages that must look alike do, and a public page
sets no cookie. In place of a token the browser's own word counts that the form stood on this host.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from porchlight.server.accounts import actions
from porchlight.server.accounts.languages import known
from porchlight.server.foundation.routing import Audience, route


@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Change the language of the account, or of this browser where nobody is signed in, and go back to the page."""
    language = request.POST.get("language", "")
    if not _from_here(request):
        raise PermissionDenied
    if not known(language):
        raise Http404
    if request.user.is_authenticated:
        actions.choose_language(user_id=request.user.pk, language=language, by=request.actor)  # type: ignore[attr-defined]
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _from_here(request: HttpRequest) -> bool:
    """A browser says with each form where it stood."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _back(request: HttpRequest) -> str:
    """The page that the form stood on, as the browser names it; only its way on this host is followed."""
    there = urlsplit(request.headers.get("Referer", ""))
    if there.netloc != request.get_host():
        return "/"
    way = "/" + there.path.lstrip("/")
    return f"{way}?{there.query}" if there.query else way


language_urls: list[URLPattern] = [route("language/", choose, audience=Audience.ANYONE, name="language")]
