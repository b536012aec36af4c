"""The mail of the demo's people. On the residents' side it is all mail; each other side shows its own people's."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from porchlight.core.visibility import Side
from porchlight.demo.people import CAST, TIMEZONE, DemoPerson
from porchlight.demo.place import MAIL
from porchlight.instance.mailbox import ReceivedMail, mails
from porchlight.server.portals.demo.guard import data_dir, demo_only, note, people_of, side_of

MOST = 200
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_OTHER_HOMES = "others"
_SHOWN = frozenset({"List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "Auto-Submitted"})
_FORBIDDEN = (
    "default-src",
    "script-src",
    "connect-src",
    "font-src",
    "media-src",
    "worker-src",
    "manifest-src",
    "form-action",
    "base-uri",
)


@dataclass(frozen=True)
class Letter:
    """A mail as the pages show it."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    has_html: bool


@demo_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first. `?to=` picks a person by key, or `others`: the homes that nobody can sign in as."""
    note()
    timezone.activate(zoneinfo.ZoneInfo(TIMEZONE))
    people = _readable(request)
    picked = request.GET.get("to", "")
    addresses = {each.email for each in people}
    if picked in {each.key for each in people}:
        addresses = {each.email for each in people if each.key == picked}
    elif picked == _OTHER_HOMES and _all_mail(request):
        addresses = set()
    found = [each for each in mails(data_dir() / MAIL) if _wanted(each, addresses)]
    facts = {
        "letters": [_letter(each) for each in reversed(found[-MOST:])],
        "more": len(found) > MOST,
        "most": MOST,
        "people": people,
        "picked": picked,
        "with_others": _all_mail(request),
    }
    return render(request, "demo/mail.html", facts)


@demo_only
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its type knows no arguments from the URL
@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text, and beside it how a mail program shows its HTML part."""
    received = _received(request, name)
    timezone.activate(zoneinfo.ZoneInfo(TIMEZONE))
    headers = [(key, str(value)) for key, value in received.message.items() if key in _SHOWN]
    return render(request, "demo/letter.html", {"letter": _letter(received), "headers": headers})


@demo_only
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # as above
    {
        **{name: [NONE] for name in _FORBIDDEN},
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
@require_safe
def html_part(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, as a document without scripts, forms or rights; its links open in a new tab."""
    part = _received(request, name).message.get_body(preferencelist=("html",))
    if part is None:
        raise Http404
    page = str(part.get_content())
    base = '<base target="_blank">'
    head = _HEAD.search(page)
    return HttpResponse(page[: head.end()] + base + page[head.end() :] if head else base + page)


def _all_mail(request: HttpRequest) -> bool:
    return side_of(request) is Side.RESIDENT


def _readable(request: HttpRequest) -> tuple[DemoPerson, ...]:
    return CAST if _all_mail(request) else people_of(side_of(request))


def _wanted(received: ReceivedMail, addresses: set[str]) -> bool:
    if addresses:
        return received.recipient in addresses
    return received.recipient not in {each.email for each in CAST}


def _received(request: HttpRequest, name: str) -> ReceivedMail:
    """A mail that this side may read. Raises Http404."""
    note()
    found = next((each for each in mails(data_dir() / MAIL) if each.name == name), None)
    if found is None:
        raise Http404
    if not _all_mail(request) and found.recipient not in {each.email for each in _readable(request)}:
        raise Http404
    return found


def _letter(received: ReceivedMail) -> Letter:
    by_address = {each.email: each.name for each in CAST}
    message = received.message
    date = str(message["Date"] or "")
    return Letter(
        name=received.name,
        to=by_address.get(received.recipient, received.recipient),
        subject=str(message["Subject"] or _("No subject")),
        sent_at=_moment(date) if date else None,
        text=received.text,
        has_html=message.get_body(preferencelist=("html",)) is not None,
    )


def _moment(date: str) -> datetime:
    """A mail's date; where it names no zone it is UTC (RFC 5322, "-0000")."""
    found = parsedate_to_datetime(date)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
