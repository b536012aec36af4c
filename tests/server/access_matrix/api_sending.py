"""What is sent to the API's operations, so that an allowed act is really done."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from tests.server.access_matrix import ground
from tests.server.video_requests import town

Things = ground.Things
Sent = dict[str, Any]


def _json(value: Any) -> Sent:
    return {"data": json.dumps(value), "content_type": "application/json"}


def constant(**values: Any) -> Callable[[Things], Sent]:
    """The same object whatever it is about."""
    return lambda _things: _json(values)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _draft(_things: Things) -> Sent:
    return _json({"area": town.box(), "offense": "vehicle_theft", "case_number": "AF-26-30000"})


def _submit(things: Things) -> Sent:
    recipient, ciphertexts = things["q"]
    pairs = zip(things["wraps"], ciphertexts, strict=True)
    wraps = [{"key_id": str(key_id), "ciphertext": _b64(data)} for key_id, data in pairs]
    return _json({"q_recipient": recipient, "wraps": wraps})


MADE: dict[tuple[str, str, str], Callable[[Things], Sent]] = {
    ("agency", "POST", "api-requests"): _draft,
    ("agency", "POST", "api-requests-check"): _draft,
    ("agency", "POST", "api-requests-id"): _draft,
    ("agency", "POST", "api-requests-id-submit"): _submit,
    ("agency", "POST", "api-requests-id-sign"): constant(version=2),
    ("agency", "POST", "api-requests-id-send-back"): constant(
        version=2, note="Please say why so many streets are in the area."
    ),
    ("agency", "POST", "api-shares-id-events"): constant(event="played"),
    ("agency", "POST", "api-team-invitations"): constant(
        name="New Person", email="new.person@wi0990100.example", title="Det."
    ),
    ("agency", "POST", "api-team-id-roles"): constant(is_supervisor=True),
    ("agency", "POST", "api-keys"): constant(recipient="age1" + "q" * 58, wrapped=ground.ARMOR),
}
