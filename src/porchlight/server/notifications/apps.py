from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "porchlight.server.notifications"
    label = "notifications"

    def ready(self) -> None:
        from porchlight.server.notifications import tasks  # noqa: F401, PLC0415 - registers its handlers
