"""What waits for the desk, and what the reviewer decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.core.visibility import Actor
from porchlight.server.portals.review.rows import Row, rows_of
from porchlight.server.ui.words import REQUEST_STATES, offense_label
from porchlight.server.video_requests import access


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue."""
    return render(request, "review/queue.html", {"rows": rows(request)})


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The reviewer's own answers."""
    decisions = [
        {
            "decision": each,
            "offense": offense_label(each.request.offense),
            "state": REQUEST_STATES[each.request.state],
        }
        for each in access.decisions_of(actor_of(request))
    ]
    return render(request, "review/record.html", {"decisions": decisions})


def rows(request: HttpRequest) -> tuple[Row, ...]:
    """The queue's rows for this reviewer."""
    return rows_of(access.queue(actor_of(request)))


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
