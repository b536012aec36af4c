"""An agency with a long past: as many requests as asked for, with what was shared for them. For tests and benches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from porchlight.server.agencies.models import Agency
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation import randomness
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.video_requests.models import Decision, KeyWrap, VideoRequest

# One of each ten in a state; three are open, as policy bounds those.
_STATES = (
    "closed",
    "closed",
    "approved",
    "rejected",
    "withdrawn",
    "closed",
    "signed",
    "submitted",
    "draft",
    "returned",
)
_PART = 500
_SHARED = {"closed", "approved"}


def fill(
    agency: Agency,
    *,
    author: UUID | str,
    signer: UUID | str,
    reviewer: UUID | str,
    count: int,
    area: dict[str, object],
    now: datetime,
    shares: int = 1,
) -> None:
    """Write `count` requests, each an evening older than the one before, with `shares` videos for each approved one."""
    same = {"agency": agency, "created_by_id": author, "area": area}
    made = (_request(n, now, signer, **same) for n in range(count))
    while part := list(islice(made, _PART)):
        with housekeeping("bench.fill"):
            VideoRequest.objects.bulk_create(part)
            Decision.objects.bulk_create([*_decisions(part, reviewer)])
            Share.objects.bulk_create([*_shares(part, shares)])


def keep_wraps(keys: list[UUID], agency: Agency) -> None:
    """A wrap of each of these officers' keys for every request of the agency, as after a submission."""
    ids = iter(VideoRequest.objects.filter(agency=agency).values_list("pk", flat=True))
    while part := list(islice(ids, _PART)):
        with housekeeping("bench.fill"):
            KeyWrap.objects.bulk_create(
                [
                    KeyWrap(request_id=each, officer_key_id=key, ciphertext=b"w")
                    for each in part
                    for key in keys
                ]
            )


def _request(n: int, now: datetime, signer: UUID | str, **same: Any) -> VideoRequest:
    state = _STATES[n % len(_STATES)]
    at = now - timedelta(days=n + 1)
    sent, signed = state != "draft", state not in {"draft", "submitted"}
    decided = state in {"closed", "approved", "rejected", "returned"}
    return VideoRequest(
        id=randomness.uuid4(),
        **same,
        state=state,
        created_at=at,
        changed_at=at,
        case_number=f"AF-26-{n // 2:05d}",
        offense="vehicle_theft",
        area_m2=700_000.0,
        starts_at=at - timedelta(hours=3),
        ends_at=at - timedelta(hours=1),
        factual_basis="The owner reported the van missing. Its tracker stopped at Third Avenue.",
        public_summary="A blue van was taken from the lot. We would like to see which way it went.",
        urgent=n % 25 == 0,
        was_urgent=n % 25 == 0 and sent,
        danger_reason="She needs insulin every four hours and left without it." if n % 25 == 0 else "",
        submitted_at=at if sent else None,
        signed_by_id=signer if signed else None,
        signed_at=at + timedelta(minutes=10) if signed else None,
        decided_at=at + timedelta(minutes=10 + n % 90) if decided else None,
        approved_at=at + timedelta(hours=1) if state in _SHARED else None,
        closes_at=at + timedelta(days=14) if state in _SHARED else None,
        public_at=at + timedelta(hours=1) if decided and state != "returned" else None,
        public_reason="The area fits the facts that are given." if decided else "",
    )


def _decisions(part: list[VideoRequest], reviewer: UUID | str) -> Iterator[Decision]:
    for each in part:
        if each.decided_at is not None:
            verdict = {"rejected": "reject", "returned": "return"}.get(each.state, "approve")
            yield Decision(
                request=each, round=1, reviewer_id=reviewer, verdict=verdict, decided_at=each.decided_at
            )


def _shares(part: list[VideoRequest], shares: int) -> Iterator[Share]:
    for each in part:
        if each.approved_at is None:
            continue
        for n in range(shares):
            shared_at = each.approved_at + timedelta(hours=n + 1)
            yield Share(
                request=each,
                object_name=randomness.token_bytes(16).hex(),
                head=b"h",
                sealed_size=1_000_000,
                sealed_sha256="0" * 64,
                envelope=b"e",
                purpose=f"Case {each.case_number}",
                shared_at=shared_at,
                expires_at=shared_at + timedelta(days=90),
            )
