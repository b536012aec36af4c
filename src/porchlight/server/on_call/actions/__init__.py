"""Every write to the rota and to who was paged."""

from porchlight.server.on_call.actions.paging import acknowledge, advance, hand_on, open_alarm
from porchlight.server.on_call.actions.reaching import forget_webhook, note_call, set_webhook
from porchlight.server.on_call.actions.rota import add_shift, remove_shift, take_over

__all__ = [
    "acknowledge",
    "add_shift",
    "advance",
    "forget_webhook",
    "hand_on",
    "note_call",
    "open_alarm",
    "remove_shift",
    "set_webhook",
    "take_over",
]
