"""What notices say to the outside: the signed links of a mail; and, to the operator, how late they are."""

from porchlight.server.notifications.access.lateness import oldest_overdue

__all__ = ["oldest_overdue"]
