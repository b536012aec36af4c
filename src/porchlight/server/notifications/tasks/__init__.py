"""Background work of this domain: the sender of due notices."""

from porchlight.server.notifications.tasks.sending import send_due

__all__ = ["send_due"]
