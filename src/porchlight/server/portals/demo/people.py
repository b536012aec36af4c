"""Who to be: every demo person of this side with what they need, and a button that signs in as them."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.visibility import Side
from porchlight.demo.people import DemoPerson
from porchlight.server.accounts import access
from porchlight.server.accounts.second_factor import code_at
from porchlight.server.foundation import clock
from porchlight.server.foundation.sides import base_url
from porchlight.server.portals.demo.guard import demo_only, note, people_of, side_of

_BACKEND = "porchlight.server.accounts.backend.SideBackend"
_STEP_S = 30
_CLIPS = (("parcel-left", _("A parcel is left on the porch")), ("person-walks", _("A neighbor walks a dog")))

_TO_DO: dict[str, Promise] = {
    "maya": _(
        "Lives on Mill Street and has a doorbell camera. Four clips are locked in her vault; three of them are from "
        "the time that the open request asks about."
    ),
    "theo": _(
        "Lives around the corner, on Hazel Street. He has no key and needs none: he can share a file once, decline, "
        "or opt out."
    ),
    "robin": _(
        "Asks for video. A draft waits to be finished, and a video was shared for an earlier request."
    ),
    "ines": _(
        "Signs what others ask, with a code entered again. A request waits for her. Holds an evidence key."
    ),
    "jo": _("Keeps the evidence. Holds the second evidence key, so every shared video can still be opened."),
    "noor": _("Decides whether owners should be asked. One request waits."),
    "sam": _("The second reviewer, for requests that need two."),
    "kit": _("Runs this platform: agencies, jurisdictions, reviewers."),
}
_SIDES: tuple[tuple[Side, Promise, str], ...] = (
    (Side.RESIDENT, _("Residents and public"), "home"),
    (Side.AGENCY, _("Police agency"), "agency"),
    (Side.REVIEW, _("Review desk"), "checklist"),
    (Side.OPERATOR, _("Operator"), "settings"),
)


@dataclass(frozen=True)
class Card:
    """A person as the page shows them. `code` and `next_code` are good now; empty for residents."""

    person: DemoPerson
    to_do: Promise | str
    signed_in: bool
    words: str
    code: str
    next_code: str


@demo_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The people of this side, and the ways to the others."""
    side, found = side_of(request), note()
    own_id = str(request.user.pk) if request.user.is_authenticated else ""
    moment = clock.now().timestamp()
    cards = [
        _card(someone, signed_in=found.people.get(someone.key) == own_id, moment=moment)
        for someone in people_of(side)
    ]
    others = [
        {"url": f"{base_url(each)}/demo/", "name": name, "icon": icon}
        for each, name, icon in _SIDES
        if each is not side
    ]
    facts = {
        "cards": cards,
        "others": others,
        "mail_url": f"{base_url(Side.RESIDENT)}/demo/mail",
        "is_resident": side is Side.RESIDENT,
        "password": found.password,
        "seconds_left": _STEP_S - int(moment) % _STEP_S,
        "clips": _CLIPS,
        "window_s": settings.PORCHLIGHT.notice_window_s,
    }
    return render(request, "demo/people.html", facts)


@demo_only
@require_POST
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """Become one of this side's people; staff pass their second step as part of it."""
    someone = next((each for each in people_of(side_of(request)) if each.key == key), None)
    user_id = note().people.get(key) if someone else None
    if someone is None or user_id is None:
        raise Http404
    user = access.account(user_id)
    logout(request)
    record_authentication(request, user, "demo")
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is not None:
        post_authentication(request, app)
    login(request, user, backend=_BACKEND)
    return redirect("/")


def _card(someone: DemoPerson, *, signed_in: bool, moment: float) -> Card:
    secret = someone.totp_secret
    return Card(
        person=someone,
        to_do=_TO_DO.get(someone.key, someone.what),
        signed_in=signed_in,
        words="" if someone.key == "theo" else someone.passphrase,
        code=code_at(secret, moment) if secret else "",
        next_code=code_at(secret, moment + _STEP_S) if secret else "",
    )
