"""The pages behind the links of a mail. They show the same to everybody, know no session, set no cookie.

A GET or HEAD decides nothing, whoever makes it: a person, a mail program that looks ahead, a scanner. A POST needs no
token of ours against forgery, for the link itself, which nobody can guess, is what allows the act.
"""

from __future__ import annotations

import zoneinfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from porchlight.core.errors import NotFound
from porchlight.server.consent import access, actions
from porchlight.server.households.actions import opt_out_household
from porchlight.server.notifications.access.links import read_opt_out_token

_SCOPES = frozenset({"all", "agency", "offense"})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def request_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, and three equal answers. A decline is said and kept nowhere."""
    try:
        link = access.link(token)
    except NotFound:
        return render(request, "resident/link_gone.html", status=410)
    with timezone.override(_zone(link.request.timezone)):
        facts = {"request_": link.request, "open": link.open}
        if request.method != "POST":
            return render(request, "resident/link.html", facts)
        answer = request.POST.get("answer", "")
        if answer == "decline":
            return render(request, "resident/link_declined.html", facts)
        # Whoever wants less and has not said what has not said everything.
        scope = request.POST.get("scope", "" if "less" in request.POST else "all")
        if answer == "opt-out" and scope in _SCOPES:
            actions.opt_out_by_link(token=token, scope=scope)
            return render(request, "resident/link_opted_out.html", {**facts, "scope": scope})
        return render(
            request,
            "resident/link.html",
            {**facts, "unclear": True, "less": "less" in request.POST},
            status=422,
        )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a POST opts the household out of everything; a person who follows the link finds one button."""
    try:
        household_id = read_opt_out_token(token)
    except NotFound:
        return render(request, "resident/link_gone.html", status=410)
    if request.method != "POST":
        return render(request, "resident/one_click.html")
    opt_out_household(household_id=household_id, scope="all")
    return render(request, "resident/one_click_done.html")


def _zone(name: str) -> zoneinfo.ZoneInfo:
    """The agency's clock: the household's own would tell whose link it is."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
