"""A reviewer's own webhook."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Action, Actor, decide
from porchlight.server.foundation import randomness, webhooks
from porchlight.server.foundation.actions import action, audit
from porchlight.server.on_call.actions.rota import own_id
from porchlight.server.on_call.models import Reach

_SECRET_BYTES = 24
_MOST_URL = 400


@action("on_call.set_webhook")
def set_webhook(*, by: Actor, url: str) -> Reach:
    """Be paged there too. A new address gets a new secret. Raises Refused for an address that cannot be one."""
    decide(by, Action.SHIFT_ADD, {}).require()
    url = url.strip()
    try:
        webhooks.read_target(url)
    except webhooks.NotSent as error:
        raise Refused((reason(error.code),)) from error
    if len(url) > _MOST_URL:
        raise Refused((reason("webhook_not_https"),))
    row = Reach.objects.filter(reviewer_id=own_id(by)).first() or Reach(reviewer_id=own_id(by))
    if row.url != url:
        row.secret = randomness.token_bytes(_SECRET_BYTES).hex()
    row.url, row.said, row.last_at = url, "", None
    row.save()
    audit(f"reach:{by.user_id}")
    return row


@action("on_call.forget_webhook")
def forget_webhook(*, by: Actor) -> None:
    """Be paged by mail alone."""
    decide(by, Action.SHIFT_ADD, {}).require()
    Reach.objects.filter(reviewer_id=own_id(by)).delete()
    audit(f"reach:{by.user_id}")


@action("on_call.note_call")
def note_call(*, reviewer_id: UUID, said: str, at: datetime) -> None:
    """What became of the last call: a reason's code, empty if it was taken."""
    Reach.objects.filter(reviewer_id=reviewer_id).update(said=said, last_at=at)
