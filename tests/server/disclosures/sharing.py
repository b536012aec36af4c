"""A share as the owners' side hands it over: sealed bytes in the store, and values."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from porchlight.server.disclosures import actions
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation import clock
from porchlight.server.foundation.objects import object_store
from porchlight.server.video_requests.models import VideoRequest

SEALED = bytes(range(256)) * 40


def put(data: bytes = SEALED) -> str:
    """The sealed bytes as an object of the agency's own; returns its name."""
    store = object_store()
    name = store.create()
    store.append(name, 0, [data], limit=len(data))
    return name


def share(request: VideoRequest, *, data: bytes = SEALED, **changes: Any) -> Share:
    given: dict[str, Any] = {
        "request_id": request.pk,
        "object_name": put(data),
        "head": data[:200] or b"-",
        "sealed_size": len(data),
        "sealed_sha256": hashlib.sha256(data).hexdigest(),
        "envelope": b"sealed to Q",
        "purpose": f"Case {request.case_number}",
        "expires_at": clock.now() + timedelta(days=180),
    }
    return actions.receive(**(given | changes))
