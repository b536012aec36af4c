"""Every write to a video request. State moves through `core.lifecycle`, rules are those of `core.policy`."""

from porchlight.server.video_requests.actions.deciding import decide, revoke
from porchlight.server.video_requests.actions.drafting import (
    discard,
    save_draft,
)
from porchlight.server.video_requests.actions.ending import expire, withdraw
from porchlight.server.video_requests.actions.key_wraps import Wrap
from porchlight.server.video_requests.actions.looking import answer_look, draw_looks, end_looks, reconsider
from porchlight.server.video_requests.actions.sending import submit
from porchlight.server.video_requests.actions.signing import NOTE, send_back, sign

__all__ = [
    "NOTE",
    "Wrap",
    "answer_look",
    "decide",
    "discard",
    "draw_looks",
    "end_looks",
    "expire",
    "reconsider",
    "revoke",
    "save_draft",
    "send_back",
    "sign",
    "submit",
    "withdraw",
]
