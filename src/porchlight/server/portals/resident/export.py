"""A copy of everything: the server gives what it can read as one document; the browser adds the clips and makes the ZIP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.server.accounts import sign_ins
from porchlight.server.consent import access as consent
from porchlight.server.footage import access as footage
from porchlight.server.households import access
from porchlight.server.notifications.access.choices import choice_of
from porchlight.server.portals.resident.custody_words import described
from porchlight.server.portals.resident.frame import ResidentRequest, use_home_clock


@require_safe
def export(request: ResidentRequest) -> HttpResponse:
    """What is in the copy, and the button that makes it."""
    use_home_clock(request.actor)
    facts = {
        "clips": footage.clips(request.actor).count(),
        "key": footage.own_key(request.actor),
        "used": footage.room(request.actor).used,
    }
    return render(request, "resident/export.html", facts)


@require_safe
def data(request: ResidentRequest) -> HttpResponse:
    """Everything that the server can read of the person and the household, by file."""
    use_home_clock(request.actor)
    response = JsonResponse(
        {
            "account.json": _account(request),
            "household.json": _household(request),
            "requests.json": [_asked(each) for each in consent.requests_for(request.actor)],
            "shares.json": [_share(each) for each in consent.shares_of(request.actor)],
            "keys.json": _keys(request),
        }
    )
    response["Cache-Control"] = "no-store"
    return response


def _account(request: ResidentRequest) -> dict[str, Any]:
    user: Any = request.user
    choice = choice_of(request.actor)
    return {
        "mail_address": user.email,
        "name": user.display_name,
        "language": user.language,
        "joined_at": _time(user.joined_at),
        "mail": {"requests": choice.requests, "shares": choice.shares},
        "signed_in": [
            {
                "browser": each.browser,
                "system": each.system,
                "began_at": _time(each.began_at),
                "seen_at": _time(each.seen_at),
            }
            for each in sign_ins.listed(request)
        ],
    }


def _household(request: ResidentRequest) -> dict[str, Any]:
    own = access.own_household(request.actor)
    if own is None:
        return {}
    return {
        "address": own.address,
        "latitude": own.latitude,
        "longitude": own.longitude,
        "timezone": own.timezone,
        "verified_at": _time(own.place_verified_at),
        "people": [
            {"mail_address": each.email, "holder": each.holder, "joined_at": _time(each.joined_at)}
            for each in access.housemates(request.actor)
        ],
        "invited": [each.email for each in access.invited(request.actor)],
        "cameras": [
            {
                "name": each.name,
                "kind": each.kind,
                "latitude": each.latitude,
                "longitude": each.longitude,
                "direction_deg": each.direction_deg,
                "sees": each.sees,
                "since": _time(each.created_at),
            }
            for each in access.cameras(request.actor)
        ],
        "opt_outs": [
            {"scope": each.scope, "value": each.value, "since": _time(each.created_at)}
            for each in access.opt_outs(request.actor)
        ],
    }


def _asked(asked: consent.Asked) -> dict[str, Any]:
    request = asked.request
    return {
        "id": str(request.id),
        "agency": request.agency_name,
        "case_number": request.case_number,
        "offense": request.offense,
        "text": request.public_summary,
        "from": _time(request.starts_at),
        "to": _time(request.ends_at),
        "open_until": _time(request.closes_at),
        "reported": asked.reported,
    }


def _share(share: consent.Shared) -> dict[str, Any]:
    """With each time that somebody looked."""
    return {
        "id": str(share.share_id),
        "agency": share.request.agency_name,
        "case_number": share.request.case_number,
        "shared_at": _time(share.shared_at),
        "clip": str(share.clip_id) if share.clip_id else None,
        "size": share.kept.size,
        "kept_until": _time(share.kept.expires_at) if share.kept.standing else None,
        "taken_back_at": _time(share.withdrawn_at),
        "who_looked": [
            {"what": str(line.what), "who": str(line.who), "how": str(line.how), "at": _time(line.at)}
            for line in map(described, share.custody.lines)
        ],
        "record_unbroken": share.custody.unbroken,
    }


def _keys(request: ResidentRequest) -> dict[str, Any]:
    """All that opens the clips with words, passkey or sheet: as it lies here, locked."""
    key = footage.own_key(request.actor)
    if key is None:
        return {}
    previous = footage.previous_key(request.actor)
    return {
        "recipient": key.recipient,
        "recovery_recipient": key.recovery_recipient,
        "locked_to_recovery_key": key.wrapped_by_recovery,
        "locked_by_words": key.wrapped_by_passphrase,
        "previous": {"recipient": previous.recipient, "locked": key.wrapped_previous} if previous else None,
        "own_ways": [
            {"kind": each.kind, "label": each.label, "locked": each.locked, "key": each.sealed_key}
            for each in footage.own_doors(request.actor)
        ],
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
