"""Sending a request: the browser asks for the keys, makes Q, wraps its secret to each of them, and sends both."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.server.agencies.access import key_recipients_for_request
from porchlight.server.portals.agency.headers import actor_of, agency_page
from porchlight.server.video_requests import access, actions

_MOST_BYTES = 256 * 1024


@agency_page
@require_safe
def keys(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """To whom the secret of this request is wrapped: its author and every evidence custodian."""
    actor = actor_of(request)
    asked = access.request_for(actor, request_id)
    assert actor is not None  # noqa: S101 - nobody sees no request
    found = [
        {
            "key_id": str(each.key_id),
            "name": each.officer_name,
            "role": each.role,
            "recipient": each.recipient,
        }
        for each in key_recipients_for_request(actor)
    ]
    return JsonResponse({"recipients": found, "version": asked.version})


@agency_page
@require_POST
def submit(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Send the saved draft to the supervisor. Refusals and conflicts are answered as JSON by the edge."""
    access.request_for(actor_of(request), request_id)
    given = _object(request)
    version = given.get("version")
    actions.submit(
        by=actor_of(request),
        request_id=request_id,
        q_recipient=_text(given.get("q_recipient")),
        wraps=_wraps(given.get("wraps")),
        version=version if isinstance(version, int) else None,
    )
    messages.success(request, _("The request is with your supervisor. You can withdraw it at any time."))
    return JsonResponse({"page": reverse("request", args=[request_id])})


def _object(request: HttpRequest) -> dict[str, Any]:
    try:
        value = json.loads(request.body) if len(request.body) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _malformed()
    return value


def _wraps(value: object) -> tuple[actions.Wrap, ...]:
    if not isinstance(value, list):
        raise _malformed()
    return tuple(_wrap(each) for each in value)


def _wrap(value: object) -> actions.Wrap:
    if not isinstance(value, dict):
        raise _malformed()
    try:
        key_id = UUID(_text(value.get("key_id")))
        ciphertext = base64.b64decode(_text(value.get("ciphertext")), validate=True)
    except (ValueError, binascii.Error) as error:
        raise _malformed() from error
    return actions.Wrap(key_id, ciphertext)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _malformed()
    return value


def _malformed() -> Refused:
    return Refused((reason("key_wrap_malformed"),))
