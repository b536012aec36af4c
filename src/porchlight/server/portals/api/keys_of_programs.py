"""Operations about tokens, the same on every side. A token is made on the page, by a person; here it is seen and ended."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.api.building import SideApi
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.tokens import access, actions


class TokenOut(Schema):
    """A token; never its secret."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None
    works: bool


class TokensOut(Schema):
    """All of one person's."""

    items: list[TokenOut]


def add_operations(api: SideApi, audience: Audience) -> None:
    """Listing one's own tokens, and ending one."""

    @api.get("/tokens", audience=audience, answer=TokensOut)
    def list_tokens(request: ApiRequest) -> dict[str, object]:
        """One's own tokens, newest first."""
        return {"items": access.tokens_of(request.actor)}

    @api.post("/tokens/{uuid:token_id}/revoke", audience=audience, status=204)
    def revoke_token(request: ApiRequest, token_id: UUID) -> None:
        """End one of one's own tokens, at once and for good."""
        actions.revoke_token(token_id=token_id, by=request.actor)
