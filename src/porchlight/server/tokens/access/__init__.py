"""Every read about tokens, and what a token can be for."""

from porchlight.server.tokens.access.reading import (
    Bearer,
    TokenEntry,
    bearer_of,
    tokens_of,
    tokens_of_accounts,
)
from porchlight.server.tokens.access.scopes import LONGEST, OF_A_SYSTEM, OFFERED, USUAL, Scope

__all__ = [
    "LONGEST",
    "OFFERED",
    "OF_A_SYSTEM",
    "USUAL",
    "Bearer",
    "Scope",
    "TokenEntry",
    "bearer_of",
    "tokens_of",
    "tokens_of_accounts",
]
