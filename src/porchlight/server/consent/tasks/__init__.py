"""Background work of this domain: asking owners, forgetting who was asked, telling what became of shares."""

from porchlight.server.consent.tasks.asking import ask_owners, ask_some, forget, note_ends
from porchlight.server.consent.tasks.telling import mail_ended, mail_opened

__all__ = ["ask_owners", "ask_some", "forget", "mail_ended", "mail_opened", "note_ends"]
