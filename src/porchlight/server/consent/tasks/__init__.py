"""Background work of this domain: asking owners, and forgetting who was asked."""

from porchlight.server.consent.tasks.asking import ask_owners, ask_some, forget, note_ends

__all__ = ["ask_owners", "ask_some", "forget", "note_ends"]
