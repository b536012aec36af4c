"""Steps in which an officer asks, a supervisor signs, a reviewer approves, and owners are written to."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import wrap_identity
from porchlight.walkthrough import ground
from porchlight.walkthrough.person import Unexpected
from porchlight.walkthrough.scene import Scene, link_in

# What breaks in the first request, by the code of its reason.
_REFUSED_FOR = frozenset({"area_too_large", "span_too_long", "case_number_does_not_match", "text_link"})


def refused_with_reasons(scene: Scene) -> dict[str, Any]:
    """A request that breaks several rules is refused with every reason, and nothing is sent."""
    officer = scene.people["odell"]
    wrong = {
        **_request_form(hours=30),
        "area": _corners(ground.TOO_WIDE),
        "case_number": "anything",
        "public_summary": "A car was taken. Write to us at https://example.org and we will call you back soon.",
    }
    answer = officer.fill(
        "/requests/new/", {**wrong, "send": "1"}, expect=(422,), headers={"Accept": "application/json"}
    )
    codes = {reason["code"] for reason in answer.json()["refused"]}
    if codes != _REFUSED_FOR:
        raise Unexpected(f"the refusal names {sorted(codes)}, not {sorted(_REFUSED_FOR)}")
    return {"reasons": sorted(codes)}


def submitted(scene: Scene, *, days_ago: int = 3, case_number: str = ground.CASE_NUMBER) -> dict[str, Any]:
    """The officer's browser makes the request identity Q and wraps its secret to each key the portal names."""
    officer = scene.people["odell"]
    form = _request_form(hours=3, days_ago=days_ago)
    saved = officer.fill(
        "/requests/new/",
        {**form, "case_number": case_number, "send": "1"},
        expect=(200,),
        headers={"Accept": "application/json"},
    ).json()
    found = re.search(r"/requests/([0-9a-f-]{36})/", saved["submit"])
    if found is None:
        raise Unexpected(f"no request in {saved}")
    scene.request_id = found[1]
    recipients = officer.get(saved["keys"]).json()["recipients"]
    scene.q = generate_identity()
    wraps = [
        {
            "key_id": each["key_id"],
            "ciphertext": base64.b64encode(
                _binary(wrap_identity(scene.q.secret, [each["recipient"]]))
            ).decode(),
        }
        for each in recipients
    ]
    body = {"q_recipient": scene.q.recipient, "wraps": wraps, "version": saved["version"]}
    officer.send("POST", saved["submit"], json=body, headers={"Accept": "application/json"})
    return {"request": scene.request_id, "q": scene.q.recipient, "wraps": len(wraps)}


def signed(scene: Scene) -> dict[str, Any]:
    """Another person, a supervisor, signs; the second factor is asked for again."""
    supervisor = scene.people["sasha"]
    path = f"/requests/{scene.request_id}/sign/"
    asked = supervisor.get(path, expect=(200, 302))
    if asked.is_redirect:
        supervisor.confirm(asked.headers["Location"])
    supervisor.fill(path, {})
    return {"request": scene.request_id, "second_factor_again": asked.is_redirect}


def approved(scene: Scene) -> dict[str, Any]:
    """A reviewer answers five questions and approves with a public reason."""
    reviewer = scene.people["rowan"]
    path = f"/requests/{scene.request_id}/"
    answers = dict.fromkeys(("facts", "area", "time", "speech", "ties"), "yes")
    reason = "The area and the time fit the facts."
    reviewer.fill(path, {**answers, "verdict": "approve", "public_reason": reason}, action=f"{path}decide/")
    return {"request": scene.request_id}


def mailed(scene: Scene) -> dict[str, Any]:
    """Each home with a camera in the area gets one mail; the home outside gets none."""
    inside = [key for key in ground.HOMES if key != "dora"]
    ids = {}
    for key in inside:
        mail = scene.wait_for_mail(scene.people[key].email, "/r/")
        scene.links[key] = link_in(mail.text, "/r/")
        ids[key] = str(mail.message["Message-ID"])
    if len(set(ids.values())) != len(inside):
        raise Unexpected("two notices bear one Message-ID")
    outside = scene.people["dora"].email
    if any(mail.recipient == outside and "/r/" in mail.text for mail in scene.mails()):
        raise Unexpected("a home outside the area was asked")
    return {"request": scene.request_id, "message_ids": ids}


def _request_form(*, hours: int, days_ago: int = 3) -> dict[str, Any]:
    day = (datetime.now(UTC) - timedelta(days=days_ago)).astimezone(ZoneInfo(ground.ZONE))
    start = day.replace(hour=6, minute=0)
    return {
        "area": _corners(ground.AREA),
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M"),
        "offense": "vehicle_theft",
        "case_number": ground.CASE_NUMBER,
        "public_summary": "A blue van was taken from the lot on Walkthrough Street in the morning. "
        "We would like to see it leave, and which way it went.",
        "factual_basis": "The owner parked the van in the evening and found it gone in the morning. "
        "The lot has one exit to the street.",
        "publish": "now",
    }


def _corners(polygon: Any) -> str:
    return "\n".join(f"{lat}, {lon}" for lon, lat in polygon["coordinates"][0][:-1])


def _binary(armored: str) -> bytes:
    return base64.b64decode("".join(armored.strip().splitlines()[1:-1]))
