"""Who may use an operation: its audience, the scope that a token needs, and whether a person has to be there.

An operation is let in by a token or by the session of the page, never by both: whoever sends a token is judged by it
alone. No rule is weaker here than on the page. What a person does with the second factor passed again just now, no
token does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from django.http import HttpRequest

from porchlight.core.errors import NotFound
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Actor
from porchlight.server.accounts.access import recently_confirmed
from porchlight.server.foundation import ratelimit, routing
from porchlight.server.foundation.routing import Audience
from porchlight.server.foundation.sides import SidedRequest, bearer_text
from porchlight.server.portals.api.answers import Denied
from porchlight.server.tokens.access import Scope, bearer_of
from porchlight.server.tokens.actions import note_use

MOST_A_MINUTE: Final = 600


class ApiRequest(SidedRequest):
    """A request that a door let in."""

    actor: Actor


@dataclass(frozen=True)
class Door:
    """One operation's condition. `scope` None: for persons only, and so is `in_person`.

    `fresh`: the session must have passed the second factor again in the last five minutes.
    """

    audience: Audience
    scope: Scope | None = None
    fresh: bool = False

    def __call__(self, request: HttpRequest) -> bool:
        """Set `request.actor`. Raises Denied (401, 403), NotFound, Refused("too_often")."""
        text = bearer_text(request)
        actor = self._by_session(request) if text is None else self._by_token(request, text)
        if not routing.is_of(actor, self.audience):
            raise NotFound
        if self.fresh and not actor.fresh_factor:
            raise Denied(403, reason("second_factor_again"))
        return True

    def _by_token(self, request: HttpRequest, text: str) -> Actor:
        bearer = bearer_of(text, cast("SidedRequest", request).side)
        if bearer is None:
            raise Denied(401, reason("token_unknown"))
        ratelimit.spend("api.token", str(bearer.token_id), limit=MOST_A_MINUTE, window=timedelta(minutes=1))
        if self.scope is None or self.fresh:
            raise Denied(403, reason("needs_a_person"))
        if self.scope not in bearer.scopes:
            raise Denied(403, Reason("token_scope_missing", {"scope": self.scope.value}))
        note_use(bearer=bearer)
        request.actor = bearer.actor  # type: ignore[attr-defined]
        return bearer.actor

    def _by_session(self, request: Any) -> Actor:
        if request.session_rule == "set_up":
            raise Denied(403, reason("second_factor_needed"))
        if not request.user.is_authenticated:
            raise Denied(401, reason("not_signed_in"))
        actor: Actor = request.actor
        if self.fresh and not recently_confirmed(request) and routing.is_of(actor, self.audience):
            raise Denied(403, reason("second_factor_again"))
        return actor
