"""Who else hears of a move: other domains by an event of its name, the agency's own people by mail."""

from __future__ import annotations

from porchlight.server.foundation.actions import emit
from porchlight.server.video_requests.models import VideoRequest

MAIL_TOPIC = "video_request.mail"
HEARD = frozenset({"approved", "urgent_signed"})
"""The moves that another domain handles (`video_request.<move>`); an event that nobody handles would never be done."""

SILENT = frozenset({"urgent_signed"})
"""Moves of which the agency's own people get no mail."""


def tell(move: str, request: VideoRequest) -> None:
    """Called inside the action that made the move."""
    if move in HEARD:
        emit(f"video_request.{move}", request_id=request.pk, round=request.round)
    if move in SILENT:
        return
    emit(MAIL_TOPIC, request_id=request.pk, move=move, round=request.round)
