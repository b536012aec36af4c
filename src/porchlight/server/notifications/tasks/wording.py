"""The mail to an owner: fixed words of the platform, and the agency's own only as a quotation (promise P4)."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from porchlight.server.foundation.mail_form import Form
from porchlight.server.households.access import Member
from porchlight.server.notifications.access import links
from porchlight.server.notifications.models import Notice
from porchlight.server.ui import text
from porchlight.server.video_requests.access import OpenRequest

# Stands in a draft where each mail has its own link; nothing that an agency writes can hold it.
_PAGE = "\x02page\x03"


@dataclass(frozen=True)
class Mail:
    """A mail ready to go; `headers` holds its Message-ID and the one-click way out (RFC 8058).

    `link` is the owner's own page; all else in the body is the same for every mail of the `form`.
    """

    subject: str
    text: str
    html: str
    headers: dict[str, str]
    form: Form
    link: str


@dataclass(frozen=True)
class Draft:
    """The words of a request's mail in one language and zone: the same for everybody but for the link."""

    subject: str
    text: str
    html: str
    form: Form = field(default_factory=Form)


class Drafts:
    """Drafts of one batch, each rendered once."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str, str], Draft] = {}

    def mail(self, notice: Notice, request: OpenRequest, member: Member) -> Mail:
        """The mail of one notice. The same notice gives the same mail."""
        language, zone = _language(member), _zone(member, request)
        key = (request.id, language, zone.key)
        if key not in self._known:
            self._known[key] = _draft(request, language, zone)
        draft = self._known[key]
        base = settings.PORCHLIGHT.base_url
        page = f"{base}/r/{links.request_token(notice.invitation_id, request.approved_at)}/"
        one_click = f"{base}/o/{links.opt_out_token(notice.household_id)}/"
        return Mail(
            subject=draft.subject,
            text=draft.text.replace(_PAGE, page),
            html=draft.html.replace(_PAGE, page),
            headers={
                "Message-ID": notice.message_id,
                "List-Unsubscribe": f"<{one_click}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
            form=draft.form,
            link=page,
        )


def _draft(request: OpenRequest, language: str, zone: zoneinfo.ZoneInfo) -> Draft:
    base = settings.PORCHLIGHT.base_url
    with translation.override(language), timezone.override(zone):
        facts = {
            "request": request,
            "share_url": f"{_PAGE}#share",
            "decline_url": f"{_PAGE}#decline",
            "opt_out_url": f"{_PAGE}#opt-out",
            "public_url": f"{base}/asked/{request.id}/",
            "home_url": base,
            "officer": f"{request.officer_title} {request.officer_name}".strip(),
            "quoted": "\n".join(f"> {line}" for line in request.public_summary.splitlines()),
            "area": text.square_miles(request.square_miles),
            "from_": text.moment_text(request.starts_at),
            "to": _end(request),
            "until": text.day(request.closes_at),
            "day": text.day(request.starts_at),
        }
        subject = gettext("Will you share video from %(day)s? Answering is voluntary") % {
            "day": text.day(request.starts_at, short=True)
        }
        return Draft(
            subject, render_to_string("mail/request.txt", facts), render_to_string("mail/request.html", facts)
        )


def _end(request: OpenRequest) -> str:
    one_day = text.local(request.starts_at).date() == text.local(request.ends_at).date()
    return text.clock(request.ends_at) if one_day else text.moment_text(request.ends_at)


def _language(member: Member) -> str:
    return member.language if member.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _zone(member: Member, request: OpenRequest) -> zoneinfo.ZoneInfo:
    """The household's own zone; where nobody told it, the one of the agency that asks."""
    for name in (member.timezone, request.timezone):
        if name:
            try:
                return zoneinfo.ZoneInfo(name)
            except (zoneinfo.ZoneInfoNotFoundError, ValueError):
                continue
    return zoneinfo.ZoneInfo("UTC")
