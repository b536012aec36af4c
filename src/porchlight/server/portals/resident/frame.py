"""What the resident's pages share: the visitor's type, their home's clock, and reading what a script sent."""

from __future__ import annotations

import base64
import binascii
import json
import zoneinfo
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from porchlight.core.errors import Refused
from porchlight.core.localtime import time_zones
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.households.access import own_household

_MOST_JSON_BYTES = 512 * 1024


class ResidentRequest(HttpRequest):
    """A request that the audience check let through to a resident's page."""

    actor: Actor


def use_home_clock(actor: Actor, otherwise: str = "") -> None:
    """Show times as the household's clock does; `otherwise` the agency's, where the household told us none."""
    household = own_household(actor)
    own = household.timezone if household is not None and household.timezone != "UTC" else ""
    name = own or otherwise
    if name in time_zones():
        timezone.activate(zoneinfo.ZoneInfo(name))


def home_first(request: HttpRequest) -> HttpResponse:
    """To the page about the home, with a word why."""
    messages.info(request, _("Say where you live first. Cameras, clips and keys belong to a home."))
    return redirect("household")


def json_of(request: HttpRequest) -> dict[str, Any]:
    """The object that a page's script posted. Raises Refused (`not_understood`)."""
    body = request.body
    try:
        value = json.loads(body) if len(body) <= _MOST_JSON_BYTES else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise not_understood()
    return value


def text_in(value: dict[str, Any], name: str) -> str:
    """A text field. Raises Refused."""
    found = value.get(name)
    if not isinstance(found, str):
        raise not_understood()
    return found


def whole_in(value: dict[str, Any], name: str) -> int:
    """A whole number. Raises Refused."""
    found = value.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise not_understood()
    return found


def object_in(value: dict[str, Any], name: str) -> dict[str, Any]:
    """An object in the object. Raises Refused."""
    found = value.get(name)
    if not isinstance(found, dict):
        raise not_understood()
    return found


def list_in(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects. Raises Refused."""
    found = value.get(name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise not_understood()
    return found


def uuid_in(value: dict[str, Any], name: str) -> UUID:
    """An id. Raises Refused."""
    try:
        return UUID(text_in(value, name))
    except ValueError as error:
        raise not_understood() from error


def bytes_in(value: dict[str, Any], name: str) -> bytes:
    """Bytes in base64. Raises Refused."""
    try:
        return base64.b64decode(text_in(value, name), validate=True)
    except (binascii.Error, ValueError) as error:
        raise not_understood() from error


def base64_of(data: bytes | memoryview) -> str:
    """Bytes for a script."""
    return base64.b64encode(bytes(data)).decode("ascii")


def not_understood() -> Refused:
    """The page and the server speak of different things: an old tab, or somebody else's script."""
    return Refused((reason("not_understood"),))
