"""The link of an invitation.

The token is the invitation's id under the installation's signature: it can be made again from the row by whoever
holds the secret key (the worker that mails it), so that it is stored nowhere. The row keeps its hash, so that a
signature alone, over an id that was guessed, opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from porchlight.core.visibility import Side
from porchlight.server.foundation.sides import base_url

VALID_FOR: Final = timedelta(days=7)
_MOST_CHARACTERS = 200


def token_of(kind: str, invitation_id: UUID) -> str:
    """The token of an invitation of one kind ("agency", "staff")."""
    return _signer(kind).sign(invitation_id.hex)


def hash_of(token: str) -> str:
    """What the row keeps: SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def id_in(kind: str, token: str) -> UUID | None:
    """The invitation a token names, or None for anything that was not signed here for this kind."""
    if len(token) > _MOST_CHARACTERS:
        return None
    try:
        return UUID(hex=_signer(kind).unsign(token))
    except (BadSignature, ValueError):
        return None


def matches(token: str, kept_hash: str) -> bool:
    """Whether the token is the one whose hash the row keeps; takes the same time either way."""
    return hmac.compare_digest(hash_of(token), kept_hash)


def link(side: Side, token: str) -> str:
    """The address that goes into the mail."""
    return f"{base_url(side)}/join/{token}/"


def _signer(kind: str) -> Signer:
    return Signer(salt=f"porchlight.invitation.{kind}", sep=".")
