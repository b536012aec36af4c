"""What is sent with each method: what the page's form or script would send, so that an allowed act is really done."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.server.access_matrix import api_sending, ground
from tests.server.accounts.people import PASSWORD
from tests.server.video_requests import town

Things = ground.Things
Sent = dict[str, Any]


def body(side: str, route: str, method: str, things: Things) -> Sent:
    """The keywords for the test client: data, content type and headers."""
    maker = _MADE.get((side, method, route)) or _MADE.get(("*", method, route))
    if maker is not None:
        return maker(things)
    return _form({}) if method == "POST" else {}


def query(side: str, route: str, method: str, things: Things) -> str:
    """What stands behind the address; only where the page is about an object that the address does not name."""
    if (side, method, route) == ("resident", "POST", "api-uploads-id-parts"):
        return "?offset=0"
    if (side, method, route) == ("resident", "GET", "opt-outs"):
        return f"?request={things['asked']}"
    return ""


def _form(values: dict[str, Any]) -> Sent:
    return {"data": urlencode(values, doseq=True), "content_type": "application/x-www-form-urlencoded"}


def _json(value: Any) -> Sent:
    return {"data": json.dumps(value), "content_type": "application/json"}


def form(**values: Any) -> Callable[[Things], Sent]:
    """The same form whatever the object."""
    return lambda _things: _form(values)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _place(things: Things) -> dict[str, Any]:
    lat, lon = things["place"]
    return {"place_lat": lat, "place_lon": lon}


def _camera(things: Things) -> Sent:
    return _form(
        {"name": "Side gate", "kind": "outdoor", "direction": "90", "sees": "The gate", **_place(things)}
    )


def _household(things: Things) -> Sent:
    address = {"address": "16 Mill Street, Alder Falls", "timezone": "America/Chicago"}
    return _form({**address, **_place(things), "sure": "1"})


def _begin(things: Things) -> Sent:
    metadata = f"request {_b64(str(things['asked']).encode())}"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "4000", "Upload-Metadata": metadata}
    return {"headers": headers, "content_type": "application/octet-stream"}


def _tus(_things: Things) -> Sent:
    return {"headers": {"Tus-Resumable": "1.0.0"}}


def _part(_things: Things) -> Sent:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    return {
        "data": ground.SEALED_BYTES,
        "content_type": "application/offset+octet-stream",
        "headers": headers,
    }


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
    """With the uploaded file, or where the line is about a clip with that."""
    source = "clip" if "clip" in things.get("kinds", ()) else "upload"
    given = {**_sealed(), f"{source}_id": str(things[source]), "envelope": _b64(ground.ENVELOPE)}
    return _json({**given, "expires_days": 90})


def _home_key(_things: Things) -> Sent:
    names = ("recipient", "recovery_recipient", "wrapped_by_passphrase", "wrapped_by_recovery")
    return _json(dict.fromkeys(names, ground.ARMOR))


def _new_door(_things: Things) -> Sent:
    return _json(
        {"key": "of another", "door": {"kind": "words", "recipient": "age1", "locked": ground.ARMOR}}
    )


def _admit(things: Things) -> Sent:
    recipient = things["door_recipient"]
    given = {"key": things["key"], "recipient": recipient, "sealed_key": ground.ARMOR, "vouch": "0" * 64}
    return _json(given)


def _new_key(_things: Things) -> Sent:
    names = (
        "recipient",
        "recovery_recipient",
        "wrapped_by_recovery",
        "recovery_vouch",
        "wrapped_previous",
    )
    return _json({"old": "of another", "new": dict.fromkeys(names, ground.ARMOR), "doors": []})


def _officer_key(_things: Things) -> Sent:
    return _json({"recipient": "age1" + "q" * 58, "wrapped": ground.ARMOR})


def _request(things: Things) -> Sent:
    corners = "\n".join(f"{lat}, {lon}" for lon, lat in town.box()["coordinates"][0][:-1])
    values = {"area": corners, "offense": "vehicle_theft", "case_number": "AF-26-30000", "publish": "now"}
    return _form({**values, "request": things.get("draft", "")})


def _submit(things: Things) -> Sent:
    recipient, ciphertexts = things["q"]
    pairs = zip(things["wraps"], ciphertexts, strict=True)
    wraps = [{"key_id": str(key_id), "ciphertext": _b64(data)} for key_id, data in pairs]
    return _json({"q_recipient": recipient, "wraps": wraps})


def _event(_things: Things) -> Sent:
    return _json({"event": "played", "facts": {}})


def _area(_things: Things) -> Sent:
    ring = town.box(-89.45, 44.05, wide=0.3, high=0.2)["coordinates"][0][:-1]
    return _form({"area": "\n".join(f"{lat}, {lon}" for lon, lat in ring)})


_DECISION = {
    **dict.fromkeys(("facts", "area", "time", "speech", "ties"), "yes"),
    "verdict": "approve",
    "public_reason": "The area fits the facts that are given.",
    "round": "1",
}
_JOIN = form(name="New Person", password="a lantern over the ford")

_MADE: dict[tuple[str, str, str], Callable[[Things], Sent]] = {
    ("resident", "POST", "household"): _household,
    ("resident", "POST", "household-code"): form(code="ABCD-2345"),
    ("resident", "POST", "camera-add"): _camera,
    ("resident", "POST", "camera"): _camera,
    ("resident", "POST", "opt-out-add"): form(what="all"),
    ("resident", "POST", "request-answer"): form(answer="decline"),
    ("resident", "POST", "request-share"): _share,
    ("resident", "POST", "request-report"): form(why="too_wide", text="It asks for too much."),
    ("resident", "POST", "uploads"): _begin,
    ("resident", "HEAD", "upload"): _tus,
    ("resident", "PATCH", "upload"): _part,
    ("resident", "DELETE", "upload"): _tus,
    ("resident", "POST", "own-key"): _home_key,
    ("resident", "POST", "clip-keep"): _keep,
    ("resident", "POST", "mail"): form(shares="on"),
    ("resident", "POST", "delete-account"): form(sure="yes"),
    ("resident", "POST", "delete-household"): form(sure="yes"),
    ("resident", "POST", "key-afresh"): form(sure="yes"),
    ("resident", "POST", "person-invite"): form(email="more@home.example"),
    ("resident", "POST", "person-holder"): form(holder="no"),
    ("resident", "POST", "key-doors"): _new_door,
    ("resident", "POST", "key-admit"): _admit,
    ("resident", "POST", "key-change-begin"): _new_key,
    ("resident", "POST", "key-grants"): lambda things: _json({"key": things["key"], "grants": []}),
    ("resident", "POST", "request-link"): form(answer="opt-out", scope="all"),
    ("resident", "POST", "one-click"): form(**{"List-Unsubscribe": "One-Click"}),
    ("agency", "POST", "team-invite"): form(
        name="New Person", email="new.person@wi0990100.example", title="Det."
    ),
    ("agency", "POST", "team-roles"): form(is_supervisor="on"),
    ("agency", "POST", "own-key"): _officer_key,
    ("agency", "POST", "request-new"): _request,
    ("agency", "POST", "request-edit"): _request,
    ("agency", "POST", "request-check"): _request,
    ("agency", "POST", "request-submit"): _submit,
    ("agency", "POST", "request-send-back"): form(note="Please say why so many streets are in the area."),
    ("agency", "POST", "shared-events"): _event,
    **api_sending.MADE,
    ("review", "POST", "decide"): form(**_DECISION),
    ("review", "POST", "on-call-add"): form(starts_at="2026-04-20T08:00", ends_at="2026-04-20T20:00"),
    ("review", "POST", "on-call-webhook"): form(url="https://pager.example.org/hook"),
    ("review", "POST", "settings"): form(timezone="America/Denver"),
    ("operator", "POST", "settings"): form(timezone="America/Denver"),
    ("review", "POST", "look"): form(**{**_DECISION, "result": "agreed"}),
    ("review", "POST", "take-back"): form(public_reason="A second look showed that the area is too wide."),
    ("review", "POST", "report-resolve"): form(answer="dismissed"),
    ("operator", "POST", "agency-add"): form(name="Birch Lake Police", ori="WI0991100", state="WI"),
    ("operator", "POST", "agency-invite"): form(
        name="New Person", email="new@wi0990100.example", title="Chief"
    ),
    ("operator", "POST", "agency-jurisdiction"): _area,
    ("operator", "POST", "people-invite"): form(
        side="review", display_name="New Person", email="more@review.example"
    ),
    ("*", "POST", "join"): _JOIN,
    ("*", "POST", "language"): form(language="es"),
    ("resident", "POST", "account_signup"): form(
        email="somebody@home.example", password1="a lantern over the ford"
    ),
    ("*", "POST", "mfa_edit_webauthn"): form(name="Old phone"),
    ("*", "POST", "account_login"): form(login="locked@wi0990100.example", password=PASSWORD),
}
