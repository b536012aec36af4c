from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "porchlight.server.transparency"
    label = "transparency"

    def ready(self) -> None:
        from porchlight.server.transparency import tasks  # noqa: F401, PLC0415 - registers its handlers
