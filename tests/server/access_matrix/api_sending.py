"""What is sent to the API's operations, so that an allowed act is really done."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.server.access_matrix import ground
from tests.server.video_requests import town

from porchlight.seal.keys import generate_identity

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


def _form(**values: Any) -> Callable[[Things], Sent]:
    content = urlencode(values, doseq=True)
    return lambda _things: {"data": content, "content_type": "application/x-www-form-urlencoded"}


def _place(things: Things) -> dict[str, Any]:
    lat, lon = things["place"]
    return {"latitude": lat, "longitude": lon}


def _home(things: Things) -> Sent:
    return _json({"address": "16 Mill Street, Alder Falls", "timezone": "America/Chicago", **_place(things)})


def _camera(things: Things) -> Sent:
    return _json({"name": "Side gate", "kind": "outdoor", "direction_deg": 90, **_place(things)})


def _sealed() -> dict[str, Any]:
    sealed = ground.SEALED
    return {
        "head": _b64(ground.HEAD),
        "sealed_sha256": sealed.sealed_sha256,
        "sealed_size": sealed.sealed_size,
    }


def _keep(things: Things) -> Sent:
    return _json({**_sealed(), "upload_id": str(things["upload"]), "grant": _b64(ground.ENVELOPE)})


def _share(things: Things) -> Sent:
    source = "clip" if "clip" in things.get("kinds", ()) else "upload"
    given = {**_sealed(), f"{source}_id": str(things[source]), "envelope": _b64(ground.ENVELOPE)}
    return _json({**given, "expires_days": 90})


def _begin(things: Things) -> Sent:
    return _json({"length": 4000, "request_id": str(things["asked"])})


def _part(_things: Things) -> Sent:
    return {"data": ground.SEALED_BYTES, "content_type": "application/octet-stream"}


def _jurisdiction(_things: Things) -> Sent:
    return _json({"jurisdiction": town.box(-89.45, 44.05, wide=0.3, high=0.2)})


_KEY_NAMES = ("recipient", "recovery_recipient", "wrapped_by_passphrase", "wrapped_by_recovery")
_REASON = "A second look showed that the area is too wide."
_PROGRAM = {"name": "A program", "days": "30"}

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
    ("agency", "POST", "system-add"): _form(name="Vault", recipient=generate_identity().recipient, days="30"),
    ("resident", "POST", "token-make"): _form(**_PROGRAM, scopes=["clips:read"]),
    ("agency", "POST", "token-make"): _form(**_PROGRAM, scopes=["requests:read"]),
    ("resident", "POST", "api-household"): _home,
    ("resident", "POST", "api-household-code"): constant(code="ABCD-2345"),
    ("resident", "POST", "api-cameras"): _camera,
    ("resident", "POST", "api-cameras-id"): _camera,
    ("resident", "POST", "api-opt-outs"): constant(scope="all"),
    ("resident", "POST", "api-requests-id-report"): constant(why="too_wide", text="It asks for too much."),
    ("resident", "POST", "api-requests-id-shares"): _share,
    ("resident", "POST", "api-clips"): _keep,
    ("resident", "POST", "api-keys"): constant(**dict.fromkeys(_KEY_NAMES, ground.ARMOR[:60])),
    ("resident", "POST", "api-uploads"): _begin,
    ("resident", "POST", "api-uploads-id-parts"): _part,
    ("review", "POST", "api-requests-id-decide"): constant(
        **dict.fromkeys(("facts", "area", "time", "speech", "ties"), "yes"),
        verdict="approve",
        public_reason="The area fits the facts that are given.",
        round=1,
    ),
    ("review", "POST", "api-requests-id-take-back"): constant(public_reason=_REASON),
    ("review", "POST", "api-reports-id-resolve"): constant(answer="dismissed"),
    ("operator", "POST", "api-agencies"): constant(name="Birch Lake Police", ori="WI0991100", state="WI"),
    ("operator", "POST", "api-agencies-id-jurisdiction"): _jurisdiction,
    ("operator", "POST", "api-agencies-id-invitations"): constant(
        name="New Person", email="new@wi0990100.example", title="Chief"
    ),
    ("operator", "POST", "api-people-invitations"): constant(
        side="review", name="New Person", email="more@review.example"
    ),
}
