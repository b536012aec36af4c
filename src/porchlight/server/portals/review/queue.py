"""What waits for the desk, and what the reviewer decided."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.core.visibility import Actor
from porchlight.server.on_call.access import rota
from porchlight.server.portals.review.rows import rows_of
from porchlight.server.ui.words import REQUEST_STATES, offense_label
from porchlight.server.video_requests import access

_BESIDE = 15


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """A page of the queue, and what this reviewer answered already."""
    actor = actor_of(request)
    page = access.queue(actor, request.GET.get("after", ""))
    facts = {
        "page": page,
        "rows": rows_of(page.rows),
        "waiting": access.queue_length(actor),
        "rota": rota(actor),
        "recorded": _recorded(request),
        "answered": rows_of(access.answered(actor)) if not page.after else (),
    }
    return render(request, "review/queue.html", facts)


def _recorded(request: HttpRequest) -> UUID | None:
    """The request that was decided just now; its page asks again who may see it."""
    try:
        return UUID(request.GET.get("recorded", ""))
    except ValueError:
        return None


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The reviewer's own answers."""
    page = access.decisions_of(actor_of(request), request.GET.get("after", ""))
    decisions = [
        {
            "decision": each,
            "offense": offense_label(each.request.offense),
            "state": REQUEST_STATES[each.request.state],
        }
        for each in page.rows
    ]
    return render(request, "review/record.html", {"decisions": decisions, "page": page})


def beside(request: HttpRequest) -> dict[str, object]:
    """The beginning of the queue, for the side of a request's page."""
    actor = actor_of(request)
    first = rows_of(access.queue(actor, size=_BESIDE).rows)
    return {"rows": first, "waiting": access.queue_length(actor)}


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
