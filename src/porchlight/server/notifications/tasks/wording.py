"""The mail to an owner: fixed words of the platform, and the agency's own only as a quotation (promise P4)."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from porchlight.server.households.access import Member
from porchlight.server.notifications.access import links
from porchlight.server.notifications.models import Notice
from porchlight.server.ui import text
from porchlight.server.video_requests.access import OpenRequest


@dataclass(frozen=True)
class Mail:
    """A mail ready to go; `headers` holds its Message-ID and the one-click way out (RFC 8058)."""

    subject: str
    text: str
    html: str
    headers: dict[str, str]


def compose(notice: Notice, request: OpenRequest, member: Member) -> Mail:
    """The mail of one notice. The same notice gives the same mail."""
    base = settings.PORCHLIGHT.base_url
    page = f"{base}/r/{links.request_token(notice.invitation_id, notice.send_at)}/"
    one_click = f"{base}/o/{links.opt_out_token(notice.household_id)}/"
    with translation.override(_language(member)), timezone.override(_zone(member, request)):
        facts = {
            "request": request,
            "share_url": f"{page}#share",
            "decline_url": f"{page}#decline",
            "opt_out_url": f"{page}#opt-out",
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
        return Mail(
            subject=subject,
            text=render_to_string("mail/request.txt", facts),
            html=render_to_string("mail/request.html", facts),
            headers={
                "Message-ID": notice.message_id,
                "List-Unsubscribe": f"<{one_click}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
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
